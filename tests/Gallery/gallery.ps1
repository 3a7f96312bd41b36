<#
.SYNOPSIS
Makes fifteen reports of made-up data in every format: what a reader sees, to be judged by eye.
.DESCRIPTION
dotnet run --project tests/ReportScheduler.Benchmarks -- gallery OUT runs this and makes the pictures.
.EXAMPLE
dotnet out/Host/ReportScheduler.Host.dll tests/Gallery/gallery.ps1 /tmp/gallery
#>
param([Parameter(Mandatory)][string] $Out)

$ErrorActionPreference = 'Stop'
New-Item -ItemType Directory "$Out/store", "$Out/mail" -Force | Out-Null
$env:REPORTSCHEDULER_STORE = "$Out/store/reports.db"
New-ReportConnection -Name db -Provider Sqlite -ConnectionString 'Data Source=:memory:' | Out-Null
New-ReportMailServer -Name pickup -PickupDirectory "$Out/mail" -From 'Contoso Reports <reports@contoso.com>' | Out-Null

function Report([string] $Name, $Query, [hashtable] $Look = @{}) {
    $source = if ($Query -is [string]) { @{ Query = $Query; Connection = 'db' } } else { @{ Dataset = $Query; Connection = 'db' } }
    New-ReportTask -Name $Name @source -Format Excel, Pdf, Html, Csv, Json -To ada@example.com -MailServer pickup -Cron '0 6 1 * *' @Look | Out-Null
}

# A pick of a list by a number that looks like chance, and is the same each time.
function Pick([string[]] $Items, [string] $By) {
    $cases = for ($i = 0; $i -lt $Items.Count; $i++) { "when $i then '$($Items[$i] -replace "'", "''")'" }
    "case (($By) % $($Items.Count)) $($cases -join ' ') end"
}
function Rows([int] $Count) { "with recursive n(i) as (select 0 union all select i + 1 from n where i < $($Count - 1))" }

$stores = 'Lyon', 'Porto', 'Graz'
$people = 'Ada Lindqvist', 'Bram de Wit', 'Chiara Conti', 'David Okafor', 'Elif Demir', 'Fatima Zahra', 'Grzegorz Nowak', 'Hana Suzuki', 'Igor Petrov',
    'Joana Silva', 'Karim Haddad', 'Lena Vogel'
$products = 'Trail Runner 3', 'Alpine Shell Jacket', 'Merino Base Layer', 'Carbon Pole Set', 'Down Vest', 'Ridge Backpack 40 l', 'Storm Tent 2P', 'Camp Stove',
    'Ultralight Mat', 'Headlamp 600', 'Climbing Rope 60 m', 'Dry Bag 20 l', 'Chalk Bag', 'Gaiters', 'Insulated Bottle', 'Snow Saw', 'Avalanche Beacon',
    'Approach Shoe', 'Bivy Sack', 'Trekking Shorts'
$season = 'abs(((i * 17) % 365) - 182)'

$payments = "$(Rows 364) select date('2025-11-01', '+' || i || ' days') as payment_date, 38 + (i * 31) % 45 + (i % 7 > 4) * 30 as orders, " +
    "round((3200 + (i * 7919) % 2300 + i * 6 + (i % 7 > 4) * 2100) * 1.0, 2) as revenue, round(((i * 13) % 90 + 20) / 1000.0, 3) as refund_share, " +
    "$(Pick $people 'i * 7') as closed_by, iif(i % 11 = 3, 'Terminal offline until noon, amounts entered by hand', null) as remark from n"
$byStore = "$(Rows 1092) select date('2025-11-01', '+' || (i / 3) || ' days') as day, $(Pick $stores 'i') as store, " +
    "round(900 + (i % 3) * 420 + (i * 7919) % 800 + i * 0.7, 2) as revenue from n"
$categories = "$(Rows 20) select $(Pick $products 'i') as product, round(184000.0 / (i + 2) + (i * 911) % 3000, 2) as revenue, " +
    "3100 / (i + 2) + (i * 37) % 60 as sold, round(0.18 + ((i * 29) % 31) / 100.0, 3) as margin from n order by revenue desc"
$months = "$(Rows 22) select date('2025-01-01', '+' || i || ' months') as monat, 412000 + i * 9100 + ((i * 53) % 17) * 6200 as umsatz, " +
    "368000 + i * 6400 + ((i * 31) % 13) * 4800 as kosten from n"
$mois = "$(Rows 12) select date('2025-11-01', '+' || i || ' months') as mois, 214500.5 + i * 5200 + ((i * 7) % 5) * 9300 as en_ligne, 398000.75 - i * 3900 + ((i * 11) % 7) * 5100 as boutiques from n"
$wide = "$(Rows 60) select 1000 + i as customer_id, $(Pick $people 'i * 5') || ' & Co.' as customer, $(Pick $stores 'i') as city, " +
    (('jan feb mar apr may jun jul aug sep oct nov dec'.Split(' ') | ForEach-Object { $m++; "(i * $($m * 37) + 211) % 900 + 100 as $_" }) -join ', ') +
    ', (i * 977) % 9000 + 2400 as total from n'
$regions = "select 'North America' as region, 452000 as amount union all select 'Europe', 398500 union all select 'Asia Pacific', 201300 union all select 'Latin America', 96400"
$tickets = "$(Rows 34) select 4711 + i as ticket_no, $(Pick 'Printer in room 204 prints blank pages', 'VPN drops after ten minutes', 'Invoice shows the wrong address',
    'Export to accounting fails', 'Screen stays black after docking', 'Access to the archive for the audit' 'i * 5') as subject, " +
    "$(Pick 'Open', 'In progress', 'Waiting for the customer', 'Solved' 'i * 3') as state, $(Pick $people 'i') as assignee, (i * 17) % 96 + 1 as hours_open, " +
    "$(Pick 'The user restarted twice. It happens after lunch, when many people print at once; the queue shows no error. A new driver was rolled out on Tuesday.',
    'Cannot be reproduced in the office. Logs of the gateway are attached. The provider says that its line was stable, and asks for a trace of an hour in which it happens.',
    'Fixed with the next release.' 'i') as description from n"
$load = "$(Rows 2016) select datetime('2026-10-18', '+' || (i * 10) || ' minutes') as at, round(28 + 22 * (1 + (((i % 144) - 72) * ((i % 144) - 72)) / -5184.0) + (i * 37) % 14 + iif(i between 1500 and 1530, 34, 0), 1) as cpu_percent, " +
    "120 + (i * 53) % 60 + (i % 144) as sessions from n"
$results = "$(Rows 14) select $(Pick 'Berlin', 'Hamburg', 'Lyon', 'Porto', 'Graz', 'Utrecht', 'Malmö', 'Gdańsk', 'Brno', 'Turin', 'Sevilla', 'Leeds', 'Cork', 'Basel' 'i') as branch, " +
    "round(((i * 7919) % 23000 - 8000) * 1.37, 2) as result, round(((i * 331) % 40 - 15) / 100.0, 3) as change from n"
$stock = "$(Rows 96) select $(Pick 'Central warehouse', 'Harbour', 'North depot' 'i / 32') as warehouse, $(Pick 'Footwear', 'Clothing', 'Tents and bags', 'Tools' '(i / 8)') as category, " +
    "$(Pick $products 'i * 7') as product, (i * 37) % 240 as on_hand, (i * 37) % 240 * (19.9 + i % 50) as value from n order by 1, 2, 3"
$png = { param([int] $hue)   # a square of one colour, 48 pixels wide
    Add-Type -AssemblyName System.IO.Compression
    $raw = [IO.MemoryStream]::new(); $z = [IO.Compression.ZLibStream]::new($raw, [IO.Compression.CompressionLevel]::SmallestSize)
    $row = [byte[]] (@(0) + (1..48 | ForEach-Object { ((40 + $hue * 31) % 220), ((90 + $hue * 57) % 220), ((150 + $hue * 13) % 220) }))
    1..48 | ForEach-Object { $z.Write($row, 0, $row.Length) }; $z.Dispose()
    $crc = { param([byte[]] $d) [uint32] $c = 4294967295; foreach ($b in $d) { $c = $c -bxor $b; 1..8 | ForEach-Object { $c = if ($c -band 1) { ($c -shr 1) -bxor 3988292384 } else { $c -shr 1 } } }; $c -bxor 4294967295 }
    $be = { param([uint32] $v) $b = [BitConverter]::GetBytes($v); [Array]::Reverse($b); $b }
    $chunk = { param([string] $t, [byte[]] $d) $n = [Text.Encoding]::ASCII.GetBytes($t); (& $be $d.Length) + $n + $d + (& $be (& $crc ($n + $d))) }
    [byte[]] $file = (137, 80, 78, 71, 13, 10, 26, 10) + (& $chunk 'IHDR' ((& $be 48) + (& $be 48) + 8, 2, 0, 0, 0)) + (& $chunk 'IDAT' $raw.ToArray()) + (& $chunk 'IEND' @())
    [Convert]::ToHexString($file) }
$catalogue = (0..7 | ForEach-Object {
    "select '$($products[$_])' as product, x'$(& $png $_)' as photo, 'https://shop.example.com/p/$(4000 + $_)' as page, '$($people[$_].Split(' ')[0].ToLower())@example.com' as buyer, " +
    "$(19.9 + $_ * 35) as price, $($_ % 3 -ne 1 ? 1 : 0) as in_stock, $($_ % 4 -eq 2 ? 'null' : "'$(2 + $_) weeks'") as delivery" }) -join ' union all '

Report 'Daily payments' $payments @{
    Description = 'Card payments of all stores, one row a day.'; Total = @{ revenue = 'sum'; orders = 'sum' }; ColumnFormat = @{ refund_share = 'percent'; revenue = 'currency EUR' }
    Chart = @{ Kind = 'Bar'; X = 'payment_date'; Y = 'revenue'; By = 'Month'; Target = 170000 }, @{ Kind = 'Line'; X = 'payment_date'; Y = 'orders'; By = 'Week' }
    Highlight = [ordered] @{ revenue = '>= 8000 green; < 3600 red'; orders = 'databar' } }
Report 'Revenue per product' $categories @{
    Chart = 'Bar'; ColumnFormat = @{ revenue = 'currency EUR'; margin = 'percent' }; Total = @{ revenue = 'sum'; sold = 'sum' }
    Highlight = [ordered] @{ margin = 'icons'; sold = 'colorscale' } }
Report 'Stores side by side' $byStore @{
    Chart = (New-ReportChart StackedBar day revenue -SeriesBy store -By Month -ValueLabels), (New-ReportChart Line day revenue -SeriesBy store -By Month)
    ColumnFormat = @{ revenue = 'currency EUR' }; Total = @{ revenue = 'sum' } }
Report 'Umsatz je Monat' $months @{ Culture = 'de-DE'; Chart = 'Line'; ChartY = 'umsatz', 'kosten'; Total = @{ umsatz = 'sum'; kosten = 'sum' } }
Report 'Ventes par mois' $mois @{ Culture = 'fr-FR'; Chart = 'StackedBar'; ChartY = 'en_ligne', 'boutiques'; ColumnFormat = @{ en_ligne = 'currency EUR'; boutiques = 'currency EUR' } }
Report '月次売上' $months.Replace('as monat', 'as 月').Replace('as umsatz', 'as 売上').Replace('as kosten', 'as 費用') @{
    Culture = 'ja-JP'; Chart = 'Bar'; ChartY = '売上'; ColumnFormat = @{ '売上' = 'currency JPY' } }
Report 'Customers by month' $wide
Report 'Regions' $regions @{ Chart = @{ Kind = 'Pie'; ValueLabels = $true }; ColumnFormat = @{ amount = 'currency USD' }; Total = @{ amount = 'sum' } }
Report 'Nothing today' 'select 1 as amount, 2 as orders where 0'
Report 'One row' "select 'All stores' as store, 12480 as orders, 1345678.5 as revenue" @{ Total = @{ orders = 'sum'; revenue = 'sum' }; ColumnFormat = @{ revenue = 'currency EUR' } }
Report 'Open tickets' $tickets @{ Highlight = [ordered] @{ hours_open = '>= 72 red'; state = 'text Open orange' } }
Report 'Load of the server' $load @{
    Chart = @{ Kind = 'Area'; X = 'at'; Y = 'cpu_percent'; SecondAxis = 'sessions'; By = 'Hour'; Title = 'Load and sessions per hour' }; Highlight = [ordered] @{ cpu_percent = '>= 80 red' } }
Report 'Results of the branches' $results @{ Chart = 'HorizontalBar'; ColumnFormat = @{ change = 'percent' }; Total = @{ result = 'sum' }; Highlight = [ordered] @{ result = 'databar'; change = 'less 0 red' } }
Report 'Stock' $stock @{ GroupBy = 'warehouse', 'category'; Total = @{ on_hand = 'sum'; value = 'sum' }; ColumnFormat = @{ value = 'currency EUR' } }
Report 'Quarter review' @(
    New-ReportDataset Revenue -Query $mois.Replace('as mois', 'as month').Replace('en_ligne', 'online').Replace('boutiques', 'stores') -Chart (New-ReportChart Area month online, stores)
    New-ReportDataset Catalogue -Query $catalogue -Column (New-ReportColumn price -Format 'currency EUR')
    New-ReportDataset Branches -Query $results -Chart (New-ReportChart HorizontalBar branch result -Target 5000))

foreach ($task in Get-ReportTask) {
    $run = Invoke-ReportTask -Name $task.Name -AsOf '2026-11-01 06:00'
    $folder = "$Out/$($task.Name -replace '\W+', '-')"
    New-Item -ItemType Directory $folder -Force | Out-Null
    $run.Files | ForEach-Object { Copy-Item -LiteralPath $_ $folder -Force }
    Get-ChildItem "$Out/mail" -Filter *.eml | Move-Item -Destination "$folder/mail.eml" -Force
    "$($task.Name): $($run.Outcome)$($run.Error ? " $($run.Error)" : '')"
}
