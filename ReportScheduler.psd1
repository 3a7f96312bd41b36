@{
    RootModule           = 'ReportScheduler.psm1'
    ModuleVersion        = '1.0.0'
    GUID                 = '9d0f3a52-6c5b-4c0e-8a51-3c1f3d1f7a26'
    Author               = 'The ReportScheduler authors'
    CompanyName          = 'ReportScheduler'
    Copyright            = '(c) The ReportScheduler authors. MIT licence.'
    Description          = 'Turns SQL queries into Excel, PDF, CSV, HTML and JSON reports and mails them on a schedule. SQL Server, PostgreSQL, MySQL, MariaDB and SQLite.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('ReportScheduler.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Backup-ReportStore'
        'Copy-ReportStore'
        'Copy-ReportTask'
        'Disable-ReportTask'
        'Enable-ReportTask'
        'Export-Report'
        'Export-ReportTask'
        'Get-ReportConnection'
        'Get-ReportData'
        'Get-ReportIdentity'
        'Get-ReportMailServer'
        'Get-ReportRun'
        'Get-ReportSchedule'
        'Get-ReportScheduledTask'
        'Get-ReportScheduler'
        'Get-ReportSchedulerKey'
        'Get-ReportSchedulerOption'
        'Get-ReportTask'
        'Get-ReportTheme'
        'Import-ReportTask'
        'Invoke-ReportTask'
        'New-ReportChart'
        'New-ReportColumn'
        'New-ReportConnection'
        'New-ReportDataset'
        'New-ReportIdentity'
        'New-ReportMailServer'
        'New-ReportSchedulerKey'
        'New-ReportStore'
        'New-ReportTask'
        'New-ReportTheme'
        'Register-ReportScheduledTask'
        'Remove-ReportConnection'
        'Remove-ReportIdentity'
        'Remove-ReportMailServer'
        'Remove-ReportRun'
        'Remove-ReportSchedulerKey'
        'Remove-ReportTask'
        'Remove-ReportTheme'
        'Restore-ReportStore'
        'Send-Report'
        'Send-ReportRun'
        'Set-ReportConnection'
        'Set-ReportIdentity'
        'Set-ReportMailServer'
        'Set-ReportSchedulerOption'
        'Set-ReportTask'
        'Set-ReportTheme'
        'Start-ReportScheduler'
        'Stop-ReportRun'
        'Stop-ReportScheduler'
        'Test-ReportConnection'
        'Test-ReportIdentity'
        'Test-ReportMailServer'
        'Test-ReportStore'
        'Test-ReportTask'
        'Unregister-ReportScheduledTask'
        'Update-ReportStore'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('Report', 'Schedule', 'SQL', 'Excel', 'PDF', 'CSV', 'Mail', 'Windows', 'Linux', 'MacOS', 'PSEdition_Core')
            LicenseUri = 'https://opensource.org/license/mit'
            # where the project lives: the one place of its address
            ProjectUri = 'https://github.com/report-scheduler/report-scheduler'
            IconUri    = 'https://raw.githubusercontent.com/report-scheduler/report-scheduler/main/src/ReportScheduler/Module/icon.png'
            ReleaseNotes = @'
1.0.0: the first release. Report tasks of SQL Server, PostgreSQL, MySQL, MariaDB and SQLite as Excel, PDF, CSV, HTML, JSON and mail;
on demand, by a runner, by the system's scheduler or over HTTP. Python tasks.json files are imported.
'@
        }
    }
}
