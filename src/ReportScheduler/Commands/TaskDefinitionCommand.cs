using System.Collections;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>The parameters that define a report task. Each is called like the member of <see cref="ReportTask"/> that it sets.</summary>
public abstract class TaskDefinitionCommand : ReportCommand
{
    /// <summary>What the report is about; shown below its title.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The SQL text of a report with one dataset. Parameters are written as @name; a list of values as IN @name or
    /// IN (@name). A script for SQL Server may have GO lines; its batches run on one session, but a table #name made in
    /// a batch that has parameters ends with that batch: make it in a batch without any.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Query { get; set; }

    /// <summary>A file with the SQL text: UTF-8 or UTF-16; what is neither is read as the ANSI code page
    /// (Windows-1252), with a warning. The text is stored, not the path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? QueryPath { get; set; }

    /// <summary>A script block whose objects are the rows, in place of a query. It runs in a runspace of its own
    /// with -Parameters as variables; variables of this session are not there. Runners run it where
    /// Set-ReportSchedulerOption -AllowScript says so. See about_ReportScheduler_Scripts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ScriptTransformation]
    public object? Script { get; set; }

    /// <summary>The modules that -Script needs, imported before it runs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? RequiredModule { get; set; }

    /// <summary>Several queries, each a worksheet and a PDF section of its own: what
    /// New-ReportDataset gives, or an ordered dictionary of name and SQL text.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Datasets")]
    [DatasetTransformation]
    [AllowEmptyCollection]
    public ReportDataset[]? Dataset { get; set; }

    /// <summary>Servers that take the place of the connection's own: the query runs on each of them, with the
    /// login and the settings of the connection, and the column connection says where a row is from. A
    /// port may stand behind, as in the server of New-ReportConnection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Server { get; set; }

    /// <summary>On how many servers the query of a report of many servers runs at once.
    /// Default: 8. Each has the -Timeout of the report to itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int))]
    public int MaxServers { get; set; } = 8;

    /// <summary>What becomes of a report of many servers when some give no rows: Continue (the default) makes it of the others, lists the
    /// missing ones with their errors in a dataset Errors and in the mail, and ends as PartialData; Fail makes no report.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(ServerErrorPolicy))]
    public ServerErrorPolicy OnServerError { get; set; }

    /// <summary>How columns look, from New-ReportColumn. Columns that are not mentioned are shown as they are.
    /// For a report with one query; others have their columns in New-ReportDataset.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ColumnTransformation]
    [AllowEmptyCollection]
    public ReportColumn[]? Column { get; set; }

    /// <summary>Make a dataset of every result that a query or procedure returns, named after it with 2, 3 ... appended.
    /// Without it the first is the dataset, and the run warns of others. Not with -Template.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter AllResults { get; set; }

    /// <summary>Values for the parameters of the queries: literals, lists such as @{ ids = 3, 5, 8 } for
    /// WHERE id IN (@ids), or relative dates such as 'today', 'startOfMonth-1mo' or 'now-4h',
    /// worked out from the due time in the task's zone when a run starts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? Parameters { get; set; }

    /// <summary>What the report calls its parameters, such as @{ cust = 'Customer' }; an empty text leaves one out of
    /// the report. Default: the names in words, and a start and an end as the days between them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? ParameterLabel { get; set; }

    /// <summary>The names of the parameters whose values a call over HTTP may give (see Start-ReportScheduler -Listen).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? HttpParameters { get; set; }

    /// <summary>The schedule as cron text: minute, hour, day of month, month, day of week; a sixth field in front means
    /// seconds. '@hourly', '@daily', '@weekly', '@monthly' and '@yearly' are understood, in quotes. A field is *, a
    /// value, a list (5,20), a range (8-18, FRI-MON), a step (*/15) or, for days, L, LW, 15W, FRI#2 or FRIL; when both
    /// day fields are restricted, both must match. See about_ReportScheduler_Grammar.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Cron { get; set; }

    /// <summary>The schedule as the time between two runs: whole numbers of w, d, h, m and s, the largest first, such as 15m, 2h30m
    /// or 1d; one second or more. It counts from -StartAt, else from the moment the task was made.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? Every { get; set; }

    /// <summary>The schedule as one instant. Without an offset it is in the task's time zone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [InstantTransformation]
    public DateTime? At { get; set; }

    /// <summary>No run is due before this instant, and -Every counts from it. Without an offset it is in the task's time zone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [InstantTransformation]
    public DateTime? StartAt { get; set; }

    /// <summary>No run is due after this instant, which must be later than -StartAt.
    /// Without an offset it is in the task's time zone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [InstantTransformation]
    public DateTime? EndAt { get; set; }

    /// <summary>The zone of the schedule, of relative dates and of the times in the
    /// report: an IANA or Windows id. Default: this computer's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public string? TimeZone { get; set; }

    /// <summary>The files to make: Excel, Pdf, Csv, Html, Json, or their extensions such as
    /// xlsx. With none, the rows are shown in the mail body.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [FormatTransformation]
    public ReportFormat[]? Format { get; set; }

    /// <summary>The file name without extension, a Liquid template such as 'sales {{ run.due_at
    /// | date: "%Y-%m" }}', or a hashtable with one per format.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation(OrText = true)]
    public object? FileName { get; set; }

    /// <summary>A folder that gets a copy of the files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Destination { get; set; }

    /// <summary>What happens when the destination has a file of that name: Overwrite, Fail or Number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(ExistingFilePolicy))]
    public ExistingFilePolicy ExistingFile { get; set; }

    /// <summary>The recipients' addresses: ada@example.com or 'Ada Lovelace &lt;ada@example.com&gt;', several as an array.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? To { get; set; }

    /// <summary>The addresses that get a copy.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Cc { get; set; }

    /// <summary>The addresses that get a blind copy.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Bcc { get; set; }

    /// <summary>The addresses that answers go to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? ReplyTo { get; set; }

    /// <summary>The mail's subject, a Liquid template such as '{{ task.name }}, {{ run.due_at | date: "%d
    /// %b" }}'. about_ReportScheduler_Grammar lists the values and filters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Subject { get; set; }

    /// <summary>The text above the rows in the mail, a Liquid template: task, run, rows and datasets are
    /// its values. about_ReportScheduler_Grammar lists them with the filters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Body { get; set; }

    /// <summary>The body template renders HTML, not text. Values are escaped; {{ row.link | raw }}
    /// inserts a value as it is, and is for values that you alone control.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter BodyAsHtml { get; set; }

    /// <summary>How many rows the mail shows of a longer report, from 0 to 500; one that is longer by at most a fifth is shown whole.
    /// Default: 10 beside attached files; without files 50, or as many as fit into a mail of 80 KB.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int?))]
    [OptionalRange(0, 500)]
    public int? MailRows { get; set; }

    /// <summary>The columns that the mail shows, in this order. Default: the first
    /// six beside attached files, and all without files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[]? MailColumns { get; set; }

    /// <summary>What the mail shows besides its text: Figures, Chart, Table, Link (the folder of -Destination), or None. Default: figures,
    /// chart and table; a -Body of your own stands alone, unless the rows are in no file and the body does not show them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public MailPart[]? MailContent { get; set; }

    /// <summary>The report mail server that sends it. Default: the only one there is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MailServerNameCompleter))]
    public string? MailServer { get; set; }

    /// <summary>When the report is delivered: Always, HasRows (when there are rows), NoRows (when there are none),
    /// Changed (when a row is new, gone or other than in the last result that was delivered), NewRows (when a row
    /// is new), or a condition such as 'rows > 100', 'max(lag_s) > 60', 'total(amount) &lt; 1000 and not
    /// Orders.rows = 0'. about_ReportScheduler_Grammar has the grammar of conditions.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SendWhenCompleter))]
    public string? SendWhen { get; set; }

    /// <summary>The columns that identify a row, such as id: the result is compared with the last one that was
    /// delivered, in any order of the rows. Rows that are new, gone or changed become the datasets Added, Removed
    /// and Changed (with the values before and now); in a folder of -Destination their CSV files are there after each run,
    /// without rows where there are none. Values of hidden columns, running totals and shares do not count as
    /// changes; where the key itself is hidden, Changed names the row by other columns. Two rows with the same key are an
    /// error, and the text '1' is the number 1. With -SplitBy each part is compared with the last one that its reader
    /// got, and -SendWhen Changed or NewRows is asked of each part.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[]? KeyColumn { get; set; }

    /// <summary>What the result must look like before anything is sent: @{ Columns = 'id:int', 'day:date'; Rows =
    /// '1..50000'; Fresh = 'day >= yesterday'; Total = 'amount within 20% of last' }.
    /// about_ReportScheduler_Grammar explains each, and Test-ReportTask -Learn proposes a contract.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? Expect { get; set; }

    /// <summary>What happens to a report that does not meet -Expect: Block (held until Send-ReportRun -Release; its
    /// owner learns what was expected and what was found) or Banner (sent with a mail that begins with
    /// that).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(ViolationPolicy))]
    public ViolationPolicy OnViolation { get; set; }

    /// <summary>At most four key figures above the rows of PDF, HTML page and mail: @{ Revenue = 'sum(amount)'; Orders = 'count()';
    /// Change = 'sum(amount) vs last run' }. The functions are those of -SendWhen, with a dataset in front where several have the column
    /// (Orders.sum(amount)). 'vs last run' is the change against the last run that was delivered, in percent, and 'vs last run, lower is
    /// better' turns its colour. Templates have them as figures.revenue. [ordered]@{} keeps the order.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("KeyFigures")]
    [TableTransformation]
    public IDictionary? KeyFigure { get; set; }

    /// <summary>While the condition of -SendWhen stays true, the report is delivered again after this time, such as
    /// 4h, and not by the runs in between. Default: each run delivers it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? RemindAfter { get; set; }

    /// <summary>When the condition of -SendWhen is no longer true, the report is delivered
    /// one more time, with 'Recovered' in front of its subject.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter OnRecovered { get; set; }

    /// <summary>The label of the runners that take the runs of this task, such as dmz: those that were started with
    /// Start-ReportScheduler -Label. Invoke-ReportTask with the name of the task runs it where it is called. Default: any runner.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LabelCompleter))]
    public string? RunOn { get; set; }

    /// <summary>What happens to due times that passed while nothing ran: RunOnce, Skip or RunAll. Skip still runs one that is no later than
    /// five minutes, or than -MissedGrace. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(MissedPolicy?))]
    public MissedPolicy? Missed { get; set; }

    /// <summary>A missed due time older than this is skipped. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? MissedGrace { get; set; }

    /// <summary>What happens when the task is due while it still runs: Skip, Queue or Parallel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(OverlapPolicy))]
    public OverlapPolicy Overlap { get; set; }

    /// <summary>What happens to a mail whose delivery is uncertain: Resend once with the same Message-Id, and then hold it; or Hold
    /// it at once for a person. A run that is Held waits for Send-ReportRun, and its owner is notified.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(UncertainPolicy))]
    public UncertainPolicy Uncertain { get; set; }

    /// <summary>How long the queries of a run may take together, such as 10m; then they are cancelled on the server.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often connecting and sending, and a query that lost a deadlock, are
    /// tried again within a run after a transient failure.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int))]
    public int Retry { get; set; } = 3;

    /// <summary>Run a query whose connection was lost, or that waited for a lock for too long, again from the
    /// start too, up to -Retry times. Without it only the victim of a deadlock is: nothing is delivered
    /// before the files are complete, but the server does the work twice.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter RetryQuery { get; set; }

    /// <summary>The address that is notified of failures.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Owner { get; set; }

    /// <summary>Whether the owner gets a mail when a run fails, was missed or was interrupted,
    /// and when it is running normally again. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(bool?))]
    public bool? OnFailure { get; set; }

    /// <summary>After the first failure in a row the owner is notified of every nth, and of at least one
    /// a day; failures in between are suppressed. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int?))]
    public int? NotifyEvery { get; set; }

    /// <summary>The task is paused automatically after this many failures in a row; 0 for never. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int?))]
    public int? PauseAfterFailures { get; set; }

    /// <summary>How many runs stay in the history. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int?))]
    public int? KeepRuns { get; set; }

    /// <summary>How long the files of a run stay, such as 30d. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? KeepFilesFor { get; set; }

    /// <summary>The culture of numbers and dates, such as de-DE. Default: the invariant one with ISO dates.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string? Culture { get; set; }

    /// <summary>The paper: A4, A3, A5, Letter, Legal or Tabloid.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(PageSize))]
    [Alias("Paper")]
    public PageSize PageSize { get; set; }

    /// <summary>Page orientation: Auto (as the columns need), Portrait or Landscape.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(PageOrientation))]
    public PageOrientation Orientation { get; set; }

    /// <summary>Start each worksheet with title, description, parameters and the time of the data above its table. Without it the first
    /// row has the names of the columns, for programs, and the printed pages have title and period. Not with -Template.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter TitleRows { get; set; }

    /// <summary>A PNG or JPEG picture for the head of the PDF, the HTML page and the mail. Default: the logo of the theme.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Logo { get; set; }

    /// <summary>The report theme: brand colour, logo, font, footer and sender line, from New-ReportTheme. None for the module's own
    /// look. Default: the theme of Set-ReportSchedulerOption -Theme.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThemeNameCompleter))]
    public string? Theme { get; set; }

    /// <summary>A workbook of your own (.xlsx, .xltx, or .xlsm and .xltm, whose macros the report keeps) whose tables are
    /// filled. It keeps its looks, charts, pivots and other sheets; charts and names follow the rows. -TitleRows is refused
    /// with it; -Total, -Highlight, -Chart and -ColumnWidth are for the other formats then.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Template { get; set; }

    /// <summary>The table of the template that is filled; a hashtable of dataset and table name for several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation(OrText = true)]
    public object? TableName { get; set; }

    /// <summary>An Excel number format per column, such as @{ total = '#,##0.00'; day = 'yyyy-mm-dd'; share =
    /// '0.0%' }: up to four sections (positive; negative; zero; text) and 255 characters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? ColumnFormat { get; set; }

    /// <summary>A width per column in characters, from 1 to 255, such as @{ note = 40 }. A workbook
    /// makes it wider where Excel would show ### for a number or a date.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? ColumnWidth { get; set; }

    /// <summary>A header text per column, such as @{ amount = 'Amount (EUR)' }.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? ColumnHeader { get; set; }

    /// <summary>Columns that are queried but not shown.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[]? Hide { get; set; }

    /// <summary>Rules per column that make cells of the workbook, the PDF and the HTML page stand out, such as @{ total = 'greater 1000
    /// green; less 0 red'; state = "equal 'past due' orange" }: greater 1000, less 0, between 1 5, equal 3, text Paris (is contained), top
    /// 10, databar (from zero, to the left for a number below it), colorscale, icons, each with a colour behind it if wanted. A colour is
    /// red, orange, yellow, green, blue, purple, grey or #RRGGBB. A workbook made from a -Template keeps its own rules.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? Highlight { get; set; }

    /// <summary>The total per column below the rows, such as @{ amount = 'sum', 'avg'; id = 'count' }: sum,
    /// avg, count, min, max or distinct. Text and dates have no sum and no average.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TableTransformation]
    public IDictionary? Total { get; set; }

    /// <summary>The columns by which the rows are grouped, outermost first, at most seven, of a report with one query; others
    /// have them in New-ReportDataset. In the workbook, the PDF, the HTML page and the mail each group begins with
    /// its value and ends with its totals, and these columns come first; CSV and JSON contain the rows without
    /// groups. Rows that arrive grouped keep their order and are streamed; otherwise up to 100,000 are
    /// sorted.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[]? GroupBy { get; set; }

    /// <summary>Each of the outermost groups begins on a page of its own: in the PDF,
    /// and where the workbook or the HTML page is printed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter PageBreakPerGroup { get; set; }

    /// <summary>Each of the outermost groups has a worksheet of its own, named after its value, and a last one has
    /// the totals of all. At most 250.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter SheetPerGroup { get; set; }

    /// <summary>Makes a matrix of the rows: @{ Rows = 'region'; Columns = 'month'; Value = 'amount'; Function = 'sum' }. A line for
    /// each value of Rows (one column or several), a column for each value of Columns (at most 200), and where they meet sum, avg,
    /// count, min, max or distinct of Value; a column and a line of totals. Columns of dates and numbers are
    /// sorted, those of texts stay in the order in which they appear. Count needs no Value. For a report with one
    /// query.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PivotTransformation]
    public ReportPivot? Pivot { get; set; }

    /// <summary>Adds a pivot table of Excel's own to the workbook, on a worksheet beside the matrix, and behind it
    /// the rows themselves, which the pivot table reads. Needs -Pivot. For a report with one query.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter NativePivot { get; set; }

    /// <summary>The chart, or several: Bar, HorizontalBar, StackedBar, Line, Area or Pie, what New-ReportChart gives, or a table
    /// such as @{ Kind = 'Bar'; X = 'region'; Y = 'amount'; Target = 100 }. A line over a column of dates is in their order and as far
    /// apart as they are (in Excel: days without a time); all else is in the order of the rows. Rows of the same name or day are
    /// added up, and the chart notes that; let the query GROUP BY for another measure, such as an average.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ChartTransformation]
    [ArgumentCompleter(typeof(ChartKindCompleter))]
    public ReportChart[]? Chart { get; set; }

    /// <summary>The column along the chart's axis, or the name of each slice. Default: the first column that is not a number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? ChartX { get; set; }

    /// <summary>The columns that the chart draws. Default: the first column of numbers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[]? ChartY { get; set; }

    /// <summary>The character between CSV fields. Without it, the one between the items of a list in
    /// -Culture: a comma, or a semicolon where the comma is the decimal mark.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(char?))]
    public char? Delimiter { get; set; }

    /// <summary>CSV files start without the UTF-8 byte order mark.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter NoByteOrderMark { get; set; }

    /// <summary>CSV text that a spreadsheet would take for a formula is written as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(SwitchParameter))]
    public SwitchParameter NoFormulaGuard { get; set; }

    /// <summary>Whether the schedule is followed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [FlagTransformation(typeof(bool))]
    public bool Enabled { get; set; } = true;

    /// <summary>Split the report by the values of this column: the query is run for all, and the rows of each value become
    /// a report of their own, with files, mail and ledger entry. -To, -Cc, -Bcc, -Subject, -Body, -FileName and
    /// -Destination may be Liquid templates with split.key, split.rows and split.values, such as -To '{{ split.key
    /// }}'. Each dataset needs the column; its values are case-sensitive.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? SplitBy { get; set; }

    /// <summary>A second query that assigns the parts to recipients, with the columns key, to, cc, bcc, format,
    /// culture and language; all but key may be missing or empty, and then the task's own value is used. SQL
    /// text, read from the task's connection, a script block whose objects have these properties (under the
    /// rules of -Script), or what New-ReportDataset gives.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RecipientsTransformation]
    public object? Recipients { get; set; }

    /// <summary>What happens to rows without a value in -SplitBy, and to values without an address: Owner (they go to -Owner in
    /// a part of their own), Skip (with a warning) or Fail (the run fails before the first mail).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(UnmatchedPolicy))]
    public UnmatchedPolicy Unmatched { get; set; }

    /// <summary>With more parts than this, from 1 to 10,000, the run fails before the first part is made.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValueTransformation(typeof(int))]
    public int MaxSplits { get; set; } = 500;

    /// <summary>The addresses that get the whole of a split report.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Also { get; set; }

    /// <summary>The piped object: a row of a table or JSON with members of a report task.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    private protected PipedTask Input => new(InputObject);

    /// <summary>Whether the piped object only names a task.</summary>
    private protected virtual bool IsOnlyName => false;

    /// <summary>The parameters that were given.</summary>
    private protected IReadOnlyCollection<string> Given =>
        [.. MyInvocation.BoundParameters.Keys.Where(name => IsTyped(name) || (!IsOnlyName && Input.Asks(name)))];

    /// <summary>Gives the task the values of the parameters that were given, and no others.</summary>
    /// <returns>Whether the schedule is another one now.</returns>
    private protected bool Apply(ReportTask task)
    {
        var members = new GivenMembers(this, Given, FullPath);
        var isRescheduled = members.Apply(task);
        if (members.Warning is { } warning)
        {
            WriteWarning(warning);
        }

        return isRescheduled;
    }

    /// <summary>Warns of what the person may have meant otherwise.</summary>
    private protected void Advise(ReportTask task, bool rescheduled)
    {
        foreach (var advice in new TaskAdvice(Store, Given).Of(task, rescheduled))
        {
            WriteWarning(advice);
        }
    }
}
