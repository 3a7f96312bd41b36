# Imports the cmdlets through the loader, so that this module's libraries and those of other modules never meet.
# Core cmdlets only: a host of System.Management.Automation alone has no others.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw "ReportScheduler needs PowerShell's full language, and this session has '$($ExecutionContext.SessionState.LanguageMode)'. Ask who manages this computer to let the module run: a policy of AppLocker or App Control for Business allows its files by their folder, their hash or a signature."
}
$bin = "$PSScriptRoot/bin"
$loader = 'ReportScheduler.Loader.ModuleLoader' -as [type]
$again = [bool]$loader
if ($again) {
    $other = $loader::OtherVersion($bin)
    if ($other) { $Host.UI.WriteWarningLine($other) }
}
else {
    $loader = [System.Reflection.Assembly]::LoadFrom("$bin/ReportScheduler.Loader.dll").GetType('ReportScheduler.Loader.ModuleLoader')
}
$cmdlets = Import-Module -Assembly $loader::Load() -PassThru
$loader::Export($ExecutionContext.SessionState.Module, $cmdlets)
# those of another version stay: PowerShell refuses a member that is there
if (-not ([pscustomobject]@{ PSTypeName = 'Deserialized.ReportScheduler.ReportRun' }).psobject.Members['DueAt']) {
    Import-Module "$PSScriptRoot/ReportScheduler.Types.psd1"
}
