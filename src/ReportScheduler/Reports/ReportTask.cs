using System.Collections;
using System.Collections.Specialized;
using System.Reflection;
using ReportScheduler.Text;
using ReportScheduler.Time;

namespace ReportScheduler;

/// <summary>A report task: what to query, when, into which files, for whom. Only people's commands change it.</summary>
/// <remarks>What the machine keeps of it (next run, counts, last error) is its state, stored
/// apart and shown here. Members that are not used are null or empty.</remarks>
public sealed class ReportTask
{
    /// <summary>No report is split into more parts.</summary>
    internal const int MostSplits = 10_000;

    private static readonly PropertyInfo[] Collections = [.. typeof(ReportTask).GetProperties()
        .Where(member => member.CanWrite
            && (member.PropertyType.IsArray || member.PropertyType == typeof(OrderedDictionary) || member.PropertyType == typeof(object)))];

    // no member of the record: it is looked up when the task is shown
    private bool lacksRunner;

    /// <summary>The task's own key, any text; given by the module, kept by an import.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name, unique without regard to case.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the report is about; stands below the title.</summary>
    public string? Description { get; set; }

    /// <summary>The name of the report connection.</summary>
    public string Connection { get; set; } = "";

    /// <summary>Names of further connections whose rows are added; wildcards are allowed, also in <see cref="Connection"/>.</summary>
    public string[] FurtherConnections { get; set; } = [];

    /// <summary>Servers that take the place of the connection's own; empty for its own.</summary>
    public string[] Server { get; set; } = [];

    /// <summary>On how many servers the query of a report of many servers runs at once.</summary>
    public int MaxServers { get; set; } = 8;

    /// <summary>What becomes of a report of many servers when some of them give no rows.</summary>
    public ServerErrorPolicy OnServerError { get; set; }

    /// <summary>The SQL text of a task whose only dataset has no name of its own; null for a task with named datasets.</summary>
    public string? Query
    {
        get => Datasets is [{ Name.Length: 0, Script: null } only] ? only.Query : null;
        set => Datasets = value is null ? [] : [WithQuery(value)];
    }

    /// <summary>The text of the PowerShell script of a task whose only dataset has no name of
    /// its own; null for a task with a query or named datasets.</summary>
    public string? Script => Datasets is [{ Name.Length: 0 } only] ? only.Script : null;

    /// <summary>The queries with the look of their columns and their charts, in order.</summary>
    public ReportDataset[] Datasets { get; set; } = [];

    /// <summary>Every result of a query is a dataset: the first has the query's name, the others a number behind it.</summary>
    public bool AllResults { get; set; }

    /// <summary>The column by whose values the report is split: each becomes a report of
    /// its own for its own readers. Null for one report.</summary>
    public string? SplitBy { get; set; }

    /// <summary>Queries whose rows say who gets the part of which key, and how; empty
    /// where the recipients follow from the rows themselves.</summary>
    public ReportDataset[] Recipients { get; set; } = [];

    /// <summary>What happens to rows without a key, and to keys without an address.</summary>
    public UnmatchedPolicy Unmatched { get; set; }

    /// <summary>With more parts than this nothing is sent.</summary>
    public int MaxSplits { get; set; } = 500;

    /// <summary>The addresses that get the whole report beside those who get a part of it.</summary>
    public string[] Also { get; set; } = [];

    /// <summary>SQL parameters by name, without the leading @: literals, or relative dates as text, resolved when a run starts.</summary>
    public OrderedDictionary? Parameters { get; set; }

    /// <summary>What the report calls parameters that its readers see; an empty text leaves one out. Null: their names in words.</summary>
    public OrderedDictionary? ParameterLabel { get; set; }

    /// <summary>The parameters whose values an HTTP call may give; the others keep the value of the task.</summary>
    public string[] HttpParameters { get; set; } = [];

    /// <summary>The schedule as cron text of five fields, or six with seconds first.</summary>
    public string? Cron { get; set; }

    /// <summary>The schedule as elapsed time between due times.</summary>
    public TimeSpan? Every { get; set; }

    /// <summary>The schedule as one instant.</summary>
    public DateTimeOffset? At { get => InZone(field); set; }

    /// <summary>The schedule has no due time before this instant; intervals count from it.</summary>
    public DateTimeOffset? StartAt { get => InZone(field); set; }

    /// <summary>The schedule has no due time after this instant.</summary>
    public DateTimeOffset? EndAt { get => InZone(field); set; }

    /// <summary>The zone of the schedule, of relative dates and of times in the report: an IANA id, or a Windows id.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The file formats; with none, the rows are shown in the mail body.</summary>
    public ReportFormat[] Format { get; set; } = [];

    /// <summary>The file name without extension as a Liquid template, or one such template per
    /// format in a dictionary; null for the task's name and the due date.</summary>
    public object? FileName { get; set; }

    /// <summary>The folder that gets a copy of the files.</summary>
    public string? Destination { get; set; }

    /// <summary>What happens when the destination has a file of that name.</summary>
    public ExistingFilePolicy ExistingFile { get; set; }

    /// <summary>The recipients.</summary>
    public string[] To { get; set; } = [];

    /// <summary>The recipients of a copy.</summary>
    public string[] Cc { get; set; } = [];

    /// <summary>The recipients of a blind copy.</summary>
    public string[] Bcc { get; set; } = [];

    /// <summary>Where answers go.</summary>
    public string[] ReplyTo { get; set; } = [];

    /// <summary>The mail's subject as a Liquid template; null for the task's name and the due date.</summary>
    public string? Subject { get; set; }

    /// <summary>The text above the rows in the mail, a Liquid template; null for a sentence with the facts of the run.</summary>
    public string? Body { get; set; }

    /// <summary>The body template renders HTML, not text.</summary>
    public bool BodyAsHtml { get; set; }

    /// <summary>How many rows the mail shows at most; null for ten beside attached files, and for as many as fit without any.</summary>
    public int? MailRows { get; set; }

    /// <summary>The columns that the mail shows, in this order; empty for the first six
    /// beside attached files, and for all without any.</summary>
    public string[] MailColumns { get; set; } = [];

    /// <summary>What the mail shows besides its text; empty for key figures, chart and table, and
    /// beside a body of one's own and attached files for nothing.</summary>
    public MailPart[] MailContent { get; set; } = [];

    /// <summary>The key figures above the rows of the report, at most four: their names, and what is asked of the
    /// result, such as <c>sum(amount)</c>; null for none.</summary>
    public OrderedDictionary? KeyFigure { get; set; }

    /// <summary>The name of the report mail server.</summary>
    public string? MailServer { get; set; }

    /// <summary>When the report is delivered: Always, HasRows, NoRows, or a condition on the result such as <c>rows &gt; 100</c>.</summary>
    public string SendWhen { get; set => field = Word(value); } = nameof(ReportScheduler.SendWhen.Always);

    /// <summary>The columns by which a row is found again in the last result that was delivered; none to compare nothing.</summary>
    public string[] KeyColumn { get; set; } = [];

    /// <summary>What is expected of the result, by the names Columns, Rows, Fresh and Total; null for nothing.</summary>
    public OrderedDictionary? Expect { get; set; }

    /// <summary>What happens to a report that is not as Expect says.</summary>
    public ViolationPolicy OnViolation { get; set; }

    /// <summary>While the condition of SendWhen stays true, the report is delivered
    /// again only after this time; null for each run.</summary>
    public TimeSpan? RemindAfter { get; set; }

    /// <summary>The report is delivered once more when the condition of SendWhen is not true any more.</summary>
    public bool OnRecovered { get; set; }

    /// <summary>The label of the runners that may run it; null for any runner.</summary>
    public string? RunOn { get; set; }

    /// <summary>What happens to due times that passed while nothing ran.</summary>
    public MissedPolicy? Missed { get; set; }

    /// <summary>A missed due time older than this is skipped; null for the default of the store.</summary>
    public TimeSpan? MissedGrace { get; set; }

    /// <summary>What happens when the task is due while it still runs.</summary>
    public OverlapPolicy Overlap { get; set; }

    /// <summary>What happens to a mail that may or may not have gone out.</summary>
    public UncertainPolicy Uncertain { get; set; }

    /// <summary>How long the queries of a run may take together; then they are cancelled on the server.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often connecting and sending, and a query that lost a deadlock, are
    /// tried again within a run after a transient failure.</summary>
    public int Retry { get; set; } = 3;

    /// <summary>A query whose connection was lost, or that waited for a lock for too long, is
    /// run again from the start as well, as often as Retry says.</summary>
    public bool RetryQuery { get; set; }

    /// <summary>The address that is notified of failures.</summary>
    public string? Owner { get; set; }

    /// <summary>Whether the owner gets a mail when a run fails, was missed or was interrupted, and when
    /// it is running normally again; null for the default of the store.</summary>
    public bool? OnFailure { get; set; }

    /// <summary>After the first failure in a row the owner is notified of every nth, and of at least one a
    /// day; failures in between are suppressed; null for the default of the store.</summary>
    public int? NotifyEvery { get; set; }

    /// <summary>The task is paused automatically after this many failures in a row; null for the default of the store.</summary>
    public int? PauseAfterFailures { get; set; }

    /// <summary>How many runs stay in the history; null for the default of the store.</summary>
    public int? KeepRuns { get; set; }

    /// <summary>How long the files of a run stay; null for the default of the store.</summary>
    public TimeSpan? KeepFilesFor { get; set; }

    /// <summary>The culture of numbers and dates, with the names of days and months, in files and mail,
    /// such as <c>de-DE</c>; null for the invariant one with ISO dates.</summary>
    public string? Culture { get; set; }

    /// <summary>The paper of a PDF and of a printed worksheet.</summary>
    public PageSize PageSize { get; set; }

    /// <summary>Page orientation.</summary>
    public PageOrientation Orientation { get; set; }

    /// <summary>A new worksheet starts with title, description, parameters and the time of the data above the table.</summary>
    public bool TitleRows { get; set; }

    /// <summary>The path of a PNG or JPEG picture at the head of the PDF, the HTML page and the mail; null for
    /// the logo of the theme.</summary>
    public string? Logo { get; set; }

    /// <summary>The name of the report theme; None for the module's own look, null for the theme of the store.</summary>
    public string? Theme { get; set; }

    /// <summary>The path of a workbook whose tables are filled instead of a new one.</summary>
    public string? Template { get; set; }

    /// <summary>The character between CSV fields; null for the list separator of the culture.</summary>
    public char? Delimiter { get; set; }

    /// <summary>CSV files start without the UTF-8 byte order mark.</summary>
    public bool NoByteOrderMark { get; set; }

    /// <summary>CSV text that a spreadsheet would take for a formula is written as it is.</summary>
    public bool NoFormulaGuard { get; set; }

    /// <summary>Whether the schedule is followed.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>When the task was made.</summary>
    public DateTimeOffset CreatedAt { get => Zones.Show(field, TimeZone); set; }

    /// <summary>The next due time in the task's zone; null when there is none or the task is disabled.</summary>
    public DateTimeOffset? NextRunAt => InZone(State.NextRunAt);

    /// <summary>When the newest run started, in the task's zone.</summary>
    public DateTimeOffset? LastRunAt => InZone(State.LastRunAt);

    /// <summary>How the newest run ended.</summary>
    public RunOutcome? LastOutcome => State.LastOutcome;

    /// <summary>How many runs there were.</summary>
    public long RunCount => State.RunCount;

    /// <summary>How many runs failed.</summary>
    public long ErrorCount => State.ErrorCount;

    /// <summary>How many runs failed since the last one that did not.</summary>
    public int ConsecutiveFailures => State.ConsecutiveFailures;

    /// <summary>What went wrong in the newest run that failed; null after a run that did not.</summary>
    public string? LastError => State.LastError;

    /// <summary>When and why the task was paused automatically; null when it was not.</summary>
    public string? PausedBecause => State.PausedBecause;

    /// <summary>Since when the condition of SendWhen has been true, in the task's zone; null while it is not.</summary>
    public DateTimeOffset? ConditionSince => InZone(State.ConditionSince);

    /// <summary>Whether no runner is alive that has the label of RunOn: what is due waits for one. Get-ReportTask looks.</summary>
    public bool LacksRunner => lacksRunner;

    /// <summary>Looks for a runner among the labels of those that are alive.</summary>
    internal void LookForRunner(IReadOnlySet<string> alive) => lacksRunner = RunOn is { } label && !alive.Contains(label);

    internal ReportTaskState State { get; set; } = new();

    /// <summary>How often the definition was written: who changes it says with this which one was read.</summary>
    internal int Revision { get; set; }

    /// <summary>The task as a command showed it last; null for one that no command showed.</summary>
    internal ReportTask? AsRead { get; private set; }

    /// <summary>Keeps a copy that later changes of this object do not reach.</summary>
    internal void RememberAsRead()
    {
        AsRead = null;
        var copy = (ReportTask)MemberwiseClone();
        foreach (var member in Collections)
        {
            member.SetValue(copy, member.GetValue(this) switch
            {
                ReportDataset[] datasets => datasets.Select(dataset => dataset.Copy()).ToArray(),
                Array list => list.Clone(),
                OrderedDictionary table => Copy(table),
                var other => other,
            });
        }

        AsRead = copy;
    }

    /// <summary>Whether its report is mailed to anybody.</summary>
    internal bool HasRecipients => To.Length + Cc.Length + Bcc.Length + Also.Length + Recipients.Length > 0;

    /// <summary>Whether the report is laid out for several datasets.</summary>
    internal bool HasSeveralDatasets => AllResults || Datasets.Length > 1 || ShowsChanges || HasGathered;

    /// <summary>Whether what is new, gone or other than before has datasets of its own. A template has
    /// no place for them.</summary>
    internal bool ShowsChanges => KeyColumn.Length > 0 && Template is null;

    /// <summary>Every dataset as (name, SQL text or script), in order; one without a name of its own is called like the task.</summary>
    internal IReadOnlyList<(string Name, string Sql)> AllDatasets() =>
        [.. Datasets.Select(dataset => (NameOf(dataset), dataset.Script ?? dataset.Query))];

    /// <summary>What a dataset is called.</summary>
    internal string NameOf(ReportDataset dataset) => dataset.Name.Length == 0 ? Name : dataset.Name;

    /// <summary>Whether a part of it is a script, which is code.</summary>
    internal bool HasScript => Datasets.Concat(Recipients).Any(dataset => dataset.Script is not null);

    /// <summary>The connection that a dataset is read from.</summary>
    internal string ConnectionOf(ReportDataset dataset) => dataset.Connection ?? Connection;

    /// <summary>The names and wildcards of the connections that a dataset is read from.</summary>
    internal IReadOnlyList<string> ConnectionsOf(ReportDataset dataset) =>
        dataset.Connection is { } own ? [own, .. dataset.FurtherConnections] : [Connection, .. FurtherConnections];

    /// <summary>The servers in place of the connection's own; empty for its own.</summary>
    internal string[] ServersOf(ReportDataset dataset) =>
        dataset.Server.Length > 0 || dataset.Connection is not null ? dataset.Server : Server;

    /// <summary>Whether the rows of a dataset come from many servers.</summary>
    internal bool IsGathered(ReportDataset dataset) =>
        dataset.Script is null
            && (ServersOf(dataset).Length > 0 || ConnectionsOf(dataset) is { Count: > 1 } || NamePattern.IsPattern(ConnectionOf(dataset)));

    /// <summary>Whether the rows of one of the datasets come from many servers: those that give none are a dataset of their own.</summary>
    internal bool HasGathered => Array.Exists(Datasets, IsGathered);

    /// <summary>Whether the task reads from a connection, by its name or by a wildcard.</summary>
    internal bool Reads(string connection) => Connections().Any(name => NamePattern.Matches(name, connection));

    /// <summary>Every connection that the task reads from, each once; a wildcard stands for several.</summary>
    internal IEnumerable<string> Connections() =>
        (Datasets.Length == 0 ? [Connection] : Datasets.Concat(Recipients).Where(dataset => dataset.Script is null)
            .SelectMany(ConnectionsOf)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The dataset of a name; the only one whatever its name.</summary>
    internal ReportDataset Dataset(string name) =>
        Datasets is [var only]
            && ((!ShowsChanges && !HasGathered) || AllResults || NameOf(only).Equals(name, StringComparison.OrdinalIgnoreCase))
            ? only
            : Array.Find(Datasets, dataset => NameOf(dataset).Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? new ReportDataset { Name = name };

    /// <summary>The task as one part of its split report goes by it: the recipients are those of the part, and nobody else's.</summary>
    internal ReportTask ForPart()
    {
        var part = (ReportTask)MemberwiseClone();
        (part.To, part.Cc, part.Bcc, part.Also, part.Recipients, part.AsRead) = ([], [], [], [], [], null);
        return part;
    }

    /// <summary>The task as the rows of a matrix are shown by it: without totals, marks and
    /// charts, which are those of the matrix, and with the columns that it is made of.</summary>
    internal ReportTask ForRowsOf(string dataset)
    {
        var rows = (ReportTask)MemberwiseClone();
        rows.TitleRows = false;
        rows.Datasets = [.. Datasets.Select(each => each.Copy())];
        var shown = rows.Dataset(dataset);
        foreach (var column in shown.Columns)
        {
            (column.Total, column.Highlight) = (ColumnTotal.None, []);
            column.Hidden &= shown.Pivot?.Names(column.Name) != true;
        }

        (shown.Pivot, shown.Charts) = (null, []);
        return rows;
    }

    /// <summary>The name, as in messages.</summary>
    public override string ToString() => Name;

    // words as the enum spells them, so that scripts can compare
    private static string Word(string? text) =>
        string.IsNullOrWhiteSpace(text) ? nameof(ReportScheduler.SendWhen.Always)
        : Array.Find(Enum.GetNames<SendWhen>(), name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) ?? text.Trim();

    private static OrderedDictionary Copy(OrderedDictionary table)
    {
        var copy = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            copy.Add(entry.Key, entry.Value);
        }

        return copy;
    }

    // a new query keeps the look of the columns
    private ReportDataset WithQuery(string query)
    {
        var dataset = Datasets is [{ Name.Length: 0 } only] ? only : new ReportDataset();
        (dataset.Query, dataset.Script, dataset.RequiredModule) = (query, null, []);
        return dataset;
    }

    private DateTimeOffset? InZone(DateTimeOffset? instant) =>
        instant is { } at ? Zones.Show(at, TimeZone) : null;
}
