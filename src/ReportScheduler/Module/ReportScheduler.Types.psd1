# Imported by ReportScheduler.psm1, unless another version has given the types their members already.
@{
    ModuleVersion     = '1.0.0'
    GUID              = '5b0d2a8e-3c1f-4b7a-9a54-7f8b1d5c2e90'
    TypesToProcess    = @('ReportScheduler.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport   = @()
    AliasesToExport   = @()
}
