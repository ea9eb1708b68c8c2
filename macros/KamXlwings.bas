Attribute VB_Name = "KamXlwings"
Option Explicit

'What stands in the module xlwings in the place of xlwings' own procedures of these names. Theirs ask the workbook that
'happens to be active, and files beside it, where Python is, and paste names of files and settings into command lines.

Private Const MACRO_START As String = "import kam_xl.macros; kam_xl.macros.run('"
Private Const NO_FOLDERS As String = "false;;;;" 'no folder is put on Python's path

Public Function RunPython(PythonCommand As String)
    'Runs a macro of kam_xl and nothing else: any workbook can call this from a cell, or from behind a picture.
    Dim interpreter As String
    If KamIsInCell() Or Not KamIsMacro(PythonCommand) Then Err.Raise 5, Description:="only macros of kam_xl are run"
    #If Mac Then
        KamCheckWord KamCaller().Name, """$`\|", "the name of the workbook"
        interpreter = GetConfig("INTERPRETER_MAC")
        Application.StatusBar = "Running..."
        ExecuteMac PythonCommand, interpreter, NO_FOLDERS
    #Else
        XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", KamCaller()
        On Error GoTo failed
        XLPy.Exec PythonCommand
        Exit Function
failed:
        ShowError "", Err.Description
        RunPython = -1
    #End If
End Function

Private Function XLPyCommand() As String
    'The command that starts Python: everything by its full path, nothing of a workbook in it, and no folder but its own
    'on Python's path (-P), whatever the variables say (-E).
    Dim python As String, activate As String
    python = GetConfig("INTERPRETER_WIN")
    If KamIsConda() Then
        activate = """" & KamSetting("CONDA PATH") & "\condabin\conda"" activate " & KamSetting("CONDA ENV") & " && "
    End If
    XLPyCommand = KamWindowsFolder() & "\System32\cmd.exe /K """ & activate & """" & python & """ -B -E -P -c " & _
        """import xlwings; xlwings.serve('$(CLSID)')"""""
End Function

Private Function GetConfig(configKey As String, Optional default As String = "", Optional source As String = "") As Variant
    'Where Python is; every other setting is what xlwings takes it to be if nobody has set it.
    Select Case configKey
        Case "INTERPRETER_WIN"
            GetConfig = KamPythonOnWindows()
        Case "INTERPRETER_MAC"
            GetConfig = KamPythonOnMac()
        Case Else
            GetConfig = default
    End Select
End Function

Private Function KamPythonOnWindows() As String
    Dim found As String, environment As String
    found = KamSetting("INTERPRETER_WIN")
    If KamIsConda() Then
        environment = KamSetting("CONDA ENV")
        KamCheckFolder KamSetting("CONDA PATH"), "CONDA PATH"
        KamCheckWord environment, " ""&|<>^%!()@;,=`'", "CONDA ENV"
        If environment = "base" Then
            found = KamSetting("CONDA PATH") & "\python.exe"
        ElseIf InStr(environment, "\") > 0 Then
            found = environment & "\python.exe"
        Else
            found = KamSetting("CONDA PATH") & "\envs\" & environment & "\python.exe"
        End If
    ElseIf found = "" Then
        found = KamPythonOnPath()
    End If
    KamCheckFolder found, "INTERPRETER_WIN"
    KamPythonOnWindows = found
End Function

Private Function KamPythonOnPath() As String
    'The first Python with xlwings' library in a folder of PATH that has a drive; never one of the current folder.
    Static found As String 'looked for once: this is asked for every formula
    Dim folders As Variant, folder As String, library As String, place As Long
    #If Win64 Then
        library = "\xlwings64-" & XLWINGS_VERSION & ".dll"
    #Else
        library = "\xlwings32-" & XLWINGS_VERSION & ".dll"
    #End If
    folders = Split(Replace(KamPath(), """", ""), ";")
    For place = LBound(folders) To UBound(folders)
        If found <> "" Then Exit For
        folder = folders(place)
        If Right$(folder, 1) = "\" Then folder = Left$(folder, Len(folder) - 1)
        If folder Like "[A-Za-z]:\*" Then
            If FileExists(folder & "\python.exe") Then
                If FileExists(folder & library) Or FileExists(ParentFolder(folder) & library) Then found = folder & "\python.exe"
            End If
        End If
    Next place
    If found = "" Then Err.Raise 53, Description:="no Python is named here; run in a terminal: kam-xl doctor --mend FILE"
    KamPythonOnPath = found
End Function

Private Function KamPythonOnMac() As String
    Dim found As String
    found = KamSetting("INTERPRETER_MAC")
    If found = "" Then found = "python"
    If found <> "python" And Left$(found, 1) <> "/" Then KamRefuse "INTERPRETER_MAC"
    KamCheckWord found, " ""'$`\|;&<>()*?[]{}!#~", "INTERPRETER_MAC"
    KamPythonOnMac = found
End Function

Private Function KamIsConda() As Boolean
    KamIsConda = KamSetting("INTERPRETER_WIN") = "" And KamSetting("CONDA PATH") <> "" And KamSetting("CONDA ENV") <> ""
End Function

Private Function KamSetting(ByVal key As String) As String
    'A setting of the sheet in this very file: keys in column A down to the first gap, the first one counts.
    Dim sheet As Object, row As Long
    If Not SheetExists(ThisWorkbook, PROJECT_NAME & ".conf") Then Exit Function
    Set sheet = ThisWorkbook.Sheets(PROJECT_NAME & ".conf")
    For row = 1 To 99
        If CStr(sheet.Cells(row, 1).Value) = "" Then Exit Function
        If UCase$(CStr(sheet.Cells(row, 1).Value)) = key Then
            KamSetting = ExpandEnvironmentStrings(CStr(sheet.Cells(row, 2).Value))
            Exit Function
        End If
    Next row
End Function

Private Function KamCaller() As Workbook
    Set KamCaller = ThisWorkbook
End Function

Private Function KamPath() As String
    KamPath = Environ("PATH")
End Function

Private Function KamWindowsFolder() As String
    KamWindowsFolder = Environ("SystemRoot")
End Function

Private Function KamIsInCell() As Boolean
    KamIsInCell = TypeName(Application.Caller) = "Range"
End Function

Private Function KamIsMacro(ByVal command As String) As Boolean
    Dim task As String
    If Len(command) < Len(MACRO_START) + 3 Then Exit Function
    If Left$(command, Len(MACRO_START)) <> MACRO_START Or Right$(command, 2) <> "')" Then Exit Function
    task = Mid$(command, Len(MACRO_START) + 1, Len(command) - Len(MACRO_START) - 2)
    KamIsMacro = Not task Like "*[!a-z_]*"
End Function

Private Sub KamCheckFolder(ByVal path As String, ByVal key As String)
    'A full path on a drive, not on a server, that quotation marks hold together.
    If Not path Like "[A-Za-z]:\*" Or InStr(path, "$(") > 0 Then KamRefuse key
    KamCheckWord path, """%", key
End Sub

Private Sub KamCheckWord(ByVal word As String, ByVal signs As String, ByVal key As String)
    'None of the signs with which a shell would take a part of the word for something else, and none that is not seen.
    Dim place As Long
    For place = 1 To Len(word)
        If InStr(signs, Mid$(word, place, 1)) > 0 Then KamRefuse key
        Select Case AscW(Mid$(word, place, 1))
            Case 0 To 31
                KamRefuse key
        End Select
    Next place
End Sub

Private Sub KamRefuse(ByVal key As String)
    Err.Raise 5, Description:=key & " has a sign that no path may have, or is no full path on this computer"
End Sub
