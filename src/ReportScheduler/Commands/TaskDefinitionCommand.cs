using System.Collections;
using System.Management.Automation;
using ReportScheduler.Exports;
using ReportScheduler.Schedules;
using ReportScheduler.Tasks;

namespace ReportScheduler.Commands;

/// <summary>The parameters that define a report task. Each is called like the member of <see cref="ReportTask"/> that it sets.</summary>
public abstract class TaskDefinitionCommand : ReportCommand
{
    private HashSet<string> typed = [];

    /// <summary>What the report is about; stands below its title.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The SQL text of a report with one dataset. Parameters stand in it as @name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Query { get; set; }

    /// <summary>A file with the SQL text. The text is stored, not the path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? QueryPath { get; set; }

    /// <summary>Several queries: an ordered dictionary of dataset name and SQL text. Each is a worksheet and a PDF section of its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Datasets { get; set; }

    /// <summary>Values for the parameters of the queries: literals, or relative dates such as 'today', 'startOfMonth-1mo' or 'now-4h', worked out from the due time in the task's zone when a run starts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Parameters { get; set; }

    /// <summary>The names of the parameters whose values a call over HTTP may give (see Start-ReportScheduler -Listen).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? HttpParameters { get; set; }

    /// <summary>The schedule as cron text: minute, hour, day of month, month, day of week; a sixth field in front means seconds. '@hourly', '@daily', '@weekly', '@monthly' and '@yearly' are understood, in quotes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Cron { get; set; }

    /// <summary>The schedule as the time between two runs, such as 15m or 2h30m.</summary>
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

    /// <summary>No run is due after this instant. Without an offset it is in the task's time zone.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [InstantTransformation]
    public DateTime? EndAt { get; set; }

    /// <summary>The zone of the schedule, of relative dates and of the times in the report: an IANA or Windows id. Default: this computer's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public string? TimeZone { get; set; }

    /// <summary>The files to make: Excel, Pdf, Csv, Html, Json, or their extensions such as xlsx. With none, the rows stand in the mail.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [FormatTransformation]
    public ReportFormat[]? Format { get; set; }

    /// <summary>The file name without extension, a Liquid template such as 'sales {{ run.due_at | date: "%Y-%m" }}', or a hashtable with one per format.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? FileName { get; set; }

    /// <summary>A folder that gets a copy of the files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Destination { get; set; }

    /// <summary>What happens when the destination has a file of that name: Overwrite, Fail or Number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ExistingFilePolicy ExistingFile { get; set; }

    /// <summary>The recipients' addresses.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? To { get; set; }

    /// <summary>The addresses that get a copy.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Cc { get; set; }

    /// <summary>The addresses that get a copy that the others do not see.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Bcc { get; set; }

    /// <summary>The addresses that answers go to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? ReplyTo { get; set; }

    /// <summary>The mail's subject, a Liquid template.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Subject { get; set; }

    /// <summary>The text above the rows in the mail, a Liquid template.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Body { get; set; }

    /// <summary>The body template renders HTML, not text. What a value says is escaped; {{ row.link | raw }} inserts it as it is, and is for values that nobody else can write.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter BodyAsHtml { get; set; }

    /// <summary>The report mail server that sends it. Default: the only one there is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MailServerNameCompleter))]
    public string? MailServer { get; set; }

    /// <summary>When the report is delivered: Always, HasRows (only when there are rows) or NoRows (only when there are none).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SendWhen SendWhen { get; set; }

    /// <summary>What happens to due times that passed while nothing ran: RunOnce, Skip or RunAll. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public MissedPolicy? Missed { get; set; }

    /// <summary>A missed due time older than this does not run any more. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? MissedGrace { get; set; }

    /// <summary>What happens when the task is due while it still runs: Skip, Queue or Parallel.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public OverlapPolicy Overlap { get; set; }

    /// <summary>What happens to a mail of which nobody can say whether it went out: Resend with the same Message-Id, or Hold for a person.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public UncertainPolicy Uncertain { get; set; }

    /// <summary>How long the queries of a run may take together, such as 10m; then they are cancelled on the server.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often connecting and sending are tried again within a run after a passing failure.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int Retry { get; set; } = 3;

    /// <summary>The address that hears of failures.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Owner { get; set; }

    /// <summary>Whether the owner gets a mail when a run fails, was missed or was cut off, and when it works again. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? OnFailure { get; set; }

    /// <summary>After the first failure in a row the owner hears of every nth, and of one a day at least: it holds back only what would come more often. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? NotifyEvery { get; set; }

    /// <summary>The task pauses itself after this many failures in a row; 0 for never. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? PauseAfterFailures { get; set; }

    /// <summary>How many runs stay in the history. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? KeepRuns { get; set; }

    /// <summary>How long the files of a run stay, such as 30d. Default: the store's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [DurationTransformation]
    public TimeSpan? KeepFilesFor { get; set; }

    /// <summary>The culture of numbers and dates, such as de-DE. Default: the invariant one with ISO dates.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Culture { get; set; }

    /// <summary>The paper: A4, Letter or Legal.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PageSize PageSize { get; set; }

    /// <summary>How the paper lies: Auto (as the columns need), Portrait or Landscape.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PageOrientation Orientation { get; set; }

    /// <summary>Start each worksheet with title, description, parameters and the time of the data above its table. Not with -Template.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter TitleRows { get; set; }

    /// <summary>A PNG or JPEG picture for the head of the PDF.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Logo { get; set; }

    /// <summary>A workbook of your own (.xlsx, .xltx, or .xlsm and .xltm, whose macros the report keeps) whose tables are filled. It keeps its looks, charts, pivots and other sheets; charts and names follow the rows. -TitleRows is refused with it; -Total, -Highlight, -Chart and -ColumnWidth are for the other formats then.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Template { get; set; }

    /// <summary>The table of the template that is filled; a hashtable of dataset and table name for several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? TableName { get; set; }

    /// <summary>An Excel number format per column, such as @{ total = '#,##0.00' }; 'Dataset.column' where there are several datasets.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? ColumnFormat { get; set; }

    /// <summary>A width in characters per column. A workbook makes it wider where Excel would show ### for a number or a date.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? ColumnWidth { get; set; }

    /// <summary>A header text per column.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? ColumnHeader { get; set; }

    /// <summary>Columns that are queried but not shown.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? Hide { get; set; }

    /// <summary>Rules per column that make cells of the workbook, the PDF and the HTML page stand out, such as @{ total = 'greater 1000 green; less 0 red'; state = "equal 'past due' orange" }: greater, less, between, equal, text (is contained), top, databar, colorscale, icons. A colour is red, orange, yellow, green, blue, purple, grey or #RRGGBB. A workbook made from a -Template keeps its own rules.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Highlight { get; set; }

    /// <summary>The total per column below the rows: sum, avg or count. Text and dates have no sum and no average.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public IDictionary? Total { get; set; }

    /// <summary>A chart of the dataset: Bar, Line or Pie. A line over a column of dates is in their order and as far apart as they are (in Excel: days without a time); all else is in the order of the rows. Rows of the same name or day are added up, and the chart says so; let the query GROUP BY for another measure, such as an average.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ChartKind? Chart { get; set; }

    /// <summary>The column along the chart's axis, or the name of each slice. With several datasets, 'Dataset.column' draws a chart of that dataset only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ChartX { get; set; }

    /// <summary>The columns that the chart draws. With several datasets, 'Dataset.column' is drawn in the chart of that dataset only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    public string[]? ChartY { get; set; }

    /// <summary>The character between CSV fields.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public char Delimiter { get; set; } = ',';

    /// <summary>CSV files start without the UTF-8 byte order mark.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter NoByteOrderMark { get; set; }

    /// <summary>CSV text that a spreadsheet would take for a formula is written as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter NoFormulaGuard { get; set; }

    /// <summary>Whether the schedule is followed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool Enabled { get; set; } = true;

    /// <inheritdoc/>
    protected override void BeginProcessing() => typed = [.. MyInvocation.BoundParameters.Keys];

    /// <summary>Whether a parameter stands on the command line, and does not come from the pipeline.</summary>
    private protected bool IsTyped(string parameter) => typed.Contains(parameter);

    /// <summary>Gives the task the values of the parameters that were given, and no others.</summary>
    /// <param name="task">The task that gets them.</param>
    /// <param name="source">The piped object. A whole report task only names the task: its own members are not changes.</param>
    /// <returns>Whether the schedule is another one now.</returns>
    private protected bool Apply(ReportTask task, object? source) =>
        new GivenMembers(this, source is ReportTask ? typed : MyInvocation.BoundParameters.Keys, GetUnresolvedProviderPathFromPSPath).Apply(task);

    /// <summary>Warns of options that the task's files will not follow, and of a new schedule with no time left, such as -At in the past.</summary>
    private protected void Advise(ReportTask task, bool rescheduled)
    {
        if (rescheduled)
        {
            WarnIfNeverDue(task);
        }

        foreach (var advice in OptionAdvice.Of(task).Concat(rescheduled ? ScheduleWarnings.Misread(task) : []))
        {
            WriteWarning($"{task.Name}: {advice}");
        }
    }
}
