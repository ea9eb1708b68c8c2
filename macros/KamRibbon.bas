Attribute VB_Name = "KamRibbon"
Option Explicit

'What the buttons of the ribbon call.

Public Sub RibbonNewWorkbook(control As IRibbonControl)
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    KamNewWorkbook
End Sub

Public Sub RibbonRefresh(control As IRibbonControl)
    If KamBookIsOpen() Then KamRefresh
End Sub

Public Sub RibbonAddYear(control As IRibbonControl)
    If KamBookIsOpen() Then KamAddYear
End Sub

Public Sub RibbonRemoveYear(control As IRibbonControl)
    If KamBookIsOpen() Then KamRemoveYear
End Sub

Public Sub RibbonImportAccounts(control As IRibbonControl)
    If KamBookIsOpen() Then KamImportAccounts
End Sub

Public Sub RibbonSnapshotMrr(control As IRibbonControl)
    If KamBookIsOpen() Then KamSnapshotMrr
End Sub

Public Sub RibbonCheck(control As IRibbonControl)
    If KamBookIsOpen() Then KamCheck
End Sub

Public Sub RibbonExportPdf(control As IRibbonControl)
    If KamBookIsOpen() Then KamExportPdf
End Sub

Public Sub RibbonHelp(control As IRibbonControl)
    If ActiveWorkbook Is Nothing Then Workbooks.Add
    KamHelp
End Sub

Private Function KamBookIsOpen() As Boolean
    KamBookIsOpen = Not ActiveWorkbook Is Nothing
    If Not KamBookIsOpen Then MsgBox "Open a workbook of kam_xl first.", vbInformation, "KAM"
End Function
