# A thin wrapper over what dotnet does alone: dotnet build, dotnet test, dotnet msbuild Package.msbuild
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
switch ($Task) {
    'Build' { dotnet build "$PSScriptRoot/ReportScheduler.sln" }
    'Test' { dotnet test --solution "$PSScriptRoot/ReportScheduler.sln" }
    'Package' { dotnet msbuild "$PSScriptRoot/Package.msbuild" -v:m }
}
exit $LASTEXITCODE
