# The main job on embedded defaults: a query, three files and a mail. Run it again as often as you like.
#   dotnet run --project src/ReportScheduler.Host -- src/ReportScheduler/Module/Examples/QuickStart.ps1
# Everything it writes is in -Folder; delete the folder and nothing is left.
param(
    [string] $Folder = "$HOME/ReportScheduler-QuickStart"
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command New-ReportTask -ErrorAction Ignore)) { Import-Module (Join-Path $PSScriptRoot '../ReportScheduler.psd1') }
$store = @{ StorePath = "$Folder/reports.db" }

# Two sales a day over the year 2025, made by the query itself, so that no database needs to be installed.
$query = @'
with recursive sale(n) as (select 0 union all select n + 1 from sale where n < 729),
    fact as (
        select n, (n * 13 / 5) % 4 as region, (n * 7 / 4) % 5 as product, 1 + n * 37 % 40 as units,
            19.9 + 30 * ((n * 7 / 4) % 5) as price
        from sale)
select
    date('2025-01-01', '+' || (n / 2) || ' days') as "Date",
    case region when 0 then 'Europe' when 1 then 'North America' when 2 then 'Asia' else 'Great Britain' end as "Region",
    case product when 0 then 'Bolt' when 1 then 'Nut' when 2 then 'Spring' when 3 then 'Valve' else 'Pump' end as "Product",
    units as "Units",
    round(price, 2) as "Price EUR",
    case region when 0 then 'EUR' when 1 then 'USD' when 2 then 'JPY' else 'GBP' end as "Currency",
    round(units * price * case region when 0 then 1 when 1 then 1.08 when 2 then 163 else 0.85 end, 2) as "Amount"
from fact
order by n
'@

$null = New-ReportConnection -Name 'shop' -Provider Sqlite -ConnectionString ':memory:' -Force @store

# a mail server that writes .eml files instead of sending; -SmtpHost makes a real one
$null = New-ReportMailServer -Name 'pickup' -PickupDirectory "$Folder/mail" -From 'reports@example.com' -Force @store

$task = @{
    Name         = 'Sales of the year'
    Connection   = 'shop'
    Query        = $query
    Format       = 'Excel', 'Pdf', 'Csv'
    ColumnFormat = @{ 'Price EUR' = '0.00'; Amount = '#,##0.00' }
    Total        = @{ Units = 'sum' }
    FileName     = 'sales-{{ run.due_at | date: "%Y-%m-%d" }}'
    Destination  = "$Folder/reports"
    Cron         = '0 9 * * MON'
    TimeZone     = 'Europe/Paris'
    MailServer   = 'pickup'
    To           = 'ann@example.com', 'bob@example.com'
    Subject      = '{{ task.name }}: {{ run.rows }} sales'
    Force        = $true
}
$null = New-ReportTask @task @store

'The task:'
Get-ReportTask -Name 'Sales of the year' @store | Out-Host

$run = Invoke-ReportTask -Name 'Sales of the year' @store

'The run:'
$run | Out-Host

'Its files:'
[System.IO.Directory]::GetFiles("$Folder/reports")
'Its mail:'
[System.IO.Directory]::GetFiles("$Folder/mail", '*.eml')
