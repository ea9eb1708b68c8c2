Attribute VB_Name = "KamButtons"
Option Explicit

'The macros of kam_xl, for buttons and Alt+F8. Python does the work: kam_xl.macros.

Private described As Boolean

Public Sub KamNewWorkbook()
    KamRun "new_workbook", "KAM: making a workbook ..."
End Sub

Public Sub KamRefresh()
    KamRun "refresh", "KAM: refreshing ..."
End Sub

Public Sub KamAddYear()
    KamRun "add_year", "KAM: adding a year ..."
End Sub

Public Sub KamRemoveYear()
    KamRun "remove_year", "KAM: removing a year ..."
End Sub

Public Sub KamImportAccounts()
    KamRun "import_accounts", "KAM: importing accounts ..."
End Sub

Public Sub KamSnapshotMrr()
    KamRun "snapshot_mrr", "KAM: writing this month's MRR down ..."
End Sub

Public Sub KamCheck()
    KamRun "check", "KAM: checking ..."
End Sub

Public Sub KamExportPdf()
    KamRun "export_pdf", "KAM: printing to PDF ..."
End Sub

Public Sub KamHelp()
    KamRun "help", "KAM: fetching help ..."
End Sub

Private Sub KamRun(ByVal task As String, ByVal doing As String)
    Dim reason As String
    On Error GoTo failed
    Application.StatusBar = doing
    KamDescribeOnce
    RunPython "import kam_xl.macros; kam_xl.macros.run('" & task & "')"
    #If Mac Then
        'Python goes on by itself there, and clears the status bar when it is done.
    #Else
        Application.StatusBar = False
    #End If
    Exit Sub
failed:
    reason = Left$(Replace(Replace(Err.Description, vbCr, " "), vbLf, " "), 200)
    Application.StatusBar = False
    MsgBox "Python does not answer (" & reason & "). Run in a terminal: kam-xl doctor", vbExclamation, "KAM"
End Sub

Private Sub KamDescribeOnce()
    On Error Resume Next 'a workbook without functions of its own has nothing to describe
    If Not described Then Application.Run "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!KamDescribeFunctions"
    described = True
End Sub
