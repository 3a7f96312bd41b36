<#
.SYNOPSIS
Makes fifteen reports of made-up data in every format, and pictures of them: what a reader sees, to be judged by eye.
.EXAMPLE
dotnet out/Host/ReportScheduler.Host.dll tests/Gallery/gallery.ps1 /tmp/gallery
The pictures of mail and HTML need chromium, those of PDF pdftoppm, those of workbooks LibreOffice. What is not there is left out.
#>
param([Parameter(Mandatory)][string] $Out)

$ErrorActionPreference = 'Stop'
New-Item -ItemType Directory "$Out/store", "$Out/mail" -Force | Out-Null
$env:REPORTSCHEDULER_STORE = "$Out/store/reports.db"
New-ReportConnection -Name db -Provider Sqlite -ConnectionString 'Data Source=:memory:' | Out-Null
New-ReportMailServer -Name pickup -PickupDirectory "$Out/mail" -From 'Contoso Reports <reports@contoso.com>' | Out-Null

function Numbers([int] $Last) { "with recursive n(i) as (select 0 union all select i + 1 from n where i < $Last)" }

function Report([string] $Name, [string] $Query, [hashtable] $Look = @{}) {
    New-ReportTask -Name $Name -Query $Query -Connection db -Format Excel, Pdf, Html, Csv, Json -To ada@example.com `
        -MailServer pickup -Cron '0 6 1 * *' @Look | Out-Null
}

$categories = (@('Sports', 5314.21), @('Sci-Fi', 4756.98), @('Animation', 4656.3), @('Drama', 4587.39), @('Comedy', 4383.58),
    @('Action', 4375.85), @('New arrivals', 4351.62), @('Games', 4281.33), @('Foreign', 4270.67), @('Family', 4226.07),
    @('Documentary', 4217.52), @('Horror', 3722.54), @('Children', 3655.55), @('Classics', 3639.59), @('Travel', 3549.64),
    @('Music', 3417.72), @('Western', 2000.5), @('Noir', 1500)) |
    ForEach-Object { "select '$($_[0])' as category, $($_[1]) as revenue, $([int] ($_[1] / 4)) as rentals" } | Join-String -Separator ' union all '
$payments = "$(Numbers 359) select date('2025-11-01', '+' || i || ' days') as payment_date, 'Store ' || (1 + i % 3) as store, " +
    "(1000 + (i * 7919) % 4000) / 3.0 as amount, 20 + (i * 31) % 60 as orders, (i * 13 % 100) / 1000.0 as discount_share, " +
    "iif(i % 7 = 0, null, 'Note for day ' || i) as note, 'https://shop.example.com/day/' || i as page from n"
$months = "$(Numbers 11) select date('2025-01-01', '+' || i || ' months') as month, 300000 + i * i * 9000 as revenue, 250000 + i * 12000 as cost from n"
$customers = "$(Numbers 39) select i as customer_id, 'Customer ' || i as name, 'c' || i || '@example.com' as email, " +
    ((1..38 | ForEach-Object { "i * $_ * 1.5 as measure_$_" }) -join ', ') + ' from n'
$regions = "select 'North' as region, 45000 as amount union all select 'South', 30000 union all select 'East', 15000 union all select 'West', 10000"
$texts = "$(Numbers 29) select i as id, 'Ticket ' || i as title, replace(hex(zeroblob(40 + i * 9)), '00', 'word ') as description from n"
$minutes = "$(Numbers 1999) select datetime('2026-10-01', '+' || (i * 20) || ' minutes') as at, 50 + (i * 37) % 40 as load from n"

Report 'Daily payments' $payments @{
    Description = 'Payments of all stores.'; Chart = 'Line'; ChartX = 'payment_date'; ChartY = 'amount'
    Total = @{ amount = 'sum'; orders = 'sum' }; ColumnFormat = @{ discount_share = 'percent' }
    Highlight = @{ amount = '>= 1500 green; < 500 red'; orders = 'databar' } }
Report 'Revenue per category' $categories @{
    Chart = 'Bar'; ColumnFormat = @{ revenue = 'currency EUR' }; Total = @{ revenue = 'sum'; rentals = 'sum' }
    Highlight = @{ revenue = 'icons'; rentals = 'colorscale' } }
Report 'Umsatz je Monat' $months @{ Culture = 'de-DE'; Chart = 'Line'; ChartY = 'revenue', 'cost'; Total = @{ revenue = 'sum'; cost = 'sum' } }
Report 'Ventes par mois' $months @{ Culture = 'fr-FR'; Chart = 'Bar'; ChartY = 'revenue', 'cost'; ColumnFormat = @{ revenue = 'currency EUR' } }
Report '月次売上' $months @{ Culture = 'ja-JP'; Chart = 'Bar'; ChartY = 'revenue'; ColumnFormat = @{ revenue = 'currency JPY' } }
Report 'Wide customers' $customers
Report 'Regions' $regions @{ Chart = 'Pie'; ColumnFormat = @{ amount = 'currency USD' }; Total = @{ amount = 'sum' } }
Report 'Nothing today' 'select 1 as amount, 2 as orders where 0'
Report 'One row' "select 'All' as region, 12 as orders, 34567.5 as amount"
Report 'Long texts' $texts
Report 'Load of the server' $minutes @{ Chart = 'Line'; ChartY = 'load'; Highlight = @{ load = 'top 5% red; above average yellow' } }
Report 'Losses' 'select ''A'' as shop, -1234.5 as result union all select ''B'', 250 union all select ''C'', -20' @{ Chart = 'Bar'; Total = @{ result = 'sum' } }
Report 'Yes and no' "select 'door' as place, 1 as n, null as remark union all select 'window', 2, ''" @{ Highlight = @{ remark = 'empty red' } }
Report 'Orders of a month' $payments @{ Total = @{ amount = 'avg' }; MailColumns = 'payment_date', 'amount'; MailRows = 5 }
Report 'A text of its own' $categories @{ Body = "Dear all,`n`nthe numbers of {{ run.due_at | date: '%B %Y' }} are attached." }

function Picture([string] $Page, [string] $Png, [int] $Width, [switch] $Dark) {
    $arguments = '--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', "--user-data-dir=$Out/profile", "--window-size=$Width,1400", "--screenshot=$Png"
    & chromium @arguments @($Dark ? '--blink-settings=preferredColorScheme=0' : @()) "file://$Page" *> $null
}

foreach ($task in Get-ReportTask) {
    $run = Invoke-ReportTask -Name $task.Name -AsOf '2026-11-01 06:00'
    $folder = "$Out/$($task.Name -replace '\W+', '-')"
    New-Item -ItemType Directory $folder -Force | Out-Null
    $run.Files | ForEach-Object { Copy-Item -LiteralPath $_ $folder }
    Get-ChildItem "$Out/mail" -Filter *.eml | Move-Item -Destination "$folder/mail.eml" -Force
    "$($task.Name): $($run.Outcome)"
    $file = { param($extension) (Get-ChildItem $folder -Filter "*.$extension" | Select-Object -First 1).FullName }
    if (Get-Command pdftoppm -ErrorAction Ignore) { & pdftoppm -r 80 -png -l 3 (& $file pdf) "$folder/pdf" }
    if (Get-Command chromium -ErrorAction Ignore) {
        Picture (& $file html) "$folder/html-1280.png" 1280
        Picture (& $file html) "$folder/html-dark.png" 1280 -Dark
        Picture (& $file html) "$folder/html-500.png" 500
    }
    if (Get-Command soffice -ErrorAction Ignore) {
        & soffice --headless --convert-to pdf --outdir "$folder/office" (& $file xlsx) *> $null
        Get-ChildItem "$folder/office" -Filter *.pdf | ForEach-Object { & pdftoppm -r 80 -png -l 2 $_.FullName "$folder/workbook" }
    }
}
