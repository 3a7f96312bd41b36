using ReportScheduler.Definitions;

namespace ReportScheduler.Tests.Definitions;

/// <summary>What makes a task valid by itself: one row a case, the error id or null for a task that is fine.</summary>
public sealed class TaskRulesTests
{
    private static readonly DateTimeOffset Made = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static readonly TheoryData<string, string?, Action<ReportTask>> Cases = new()
    {
        // the name
        { "a name", null, task => task.Name = "Ann’s sales, week 1" },
        { "an empty name", "NameNotUsable", task => task.Name = "" },
        { "a name of spaces", "NameNotUsable", task => task.Name = "  " },

        // queries and datasets
        { "no query", "QueryMissing", task => task.Datasets = [] },
        { "an empty query", "QueryMissing", task => task.Datasets = [new() { Query = " " }] },
        { "two datasets", null, task => task.Datasets = [Dataset("a"), Dataset("b")] },
        { "two datasets of one name", "DatasetNotUsable", task => task.Datasets = [Dataset("a"), Dataset("A")] },
        { "a dataset without a name among two", "DatasetNotUsable", task => task.Datasets = [Dataset("a"), Dataset(" ")] },
        { "a dataset without SQL among two", "DatasetNotUsable", task => task.Datasets = [Dataset("a"), new() { Name = "b", Query = "" }] },
        { "a column twice", "DatasetNotUsable",
            task => task.Datasets = [Dataset("a", columns: [new() { Name = "x" }, new() { Name = "X" }])] },
        { "a column without a name", "DatasetNotUsable", task => task.Datasets = [Dataset("a", columns: [new() { Name = " " }])] },
        { "one chart", null, task => task.Datasets = [Dataset("a", charts: [new() { Kind = ChartKind.Bar }])] },
        { "groups", null, task => task.Datasets[0].GroupBy = ["region", "product"] },
        { "a group twice", "GroupByNotUsable", task => task.Datasets[0].GroupBy = ["region", "Region"] },
        { "a group without a name", "GroupByNotUsable", task => task.Datasets[0].GroupBy = ["region", " "] },
        { "eight groups", "GroupByNotUsable", task => task.Datasets[0].GroupBy = [.. "abcdefgh".Select(letter => $"{letter}")] },
        { "a sheet for each of no groups", "GroupByNotUsable", task => task.Datasets[0].SheetPerGroup = true },
        { "a page for each of no groups", "GroupByNotUsable", task => task.Datasets[0].PageBreakPerGroup = true },
        { "a share of the total", null, task => task.Datasets[0].Columns = [new() { Name = "x", ShareOf = "Total" }] },
        { "a share of a group of none", "ColumnOptionNotUsable",
            task => task.Datasets[0].Columns = [new() { Name = "x", ShareOf = "group" }] },
        { "a share of a group", null,
            task => (task.Datasets[0].GroupBy, task.Datasets[0].Columns) = (["region"], [new() { Name = "x", ShareOf = "REGION" }]) },
        { "a share of another column", "ColumnOptionNotUsable",
            task => (task.Datasets[0].GroupBy, task.Datasets[0].Columns) = (["region"], [new() { Name = "x", ShareOf = "product" }]) },
        { "a matrix", null, task => task.Datasets[0].Pivot = Pivot() },
        { "a matrix that counts", null, task => task.Datasets[0].Pivot = Pivot(value: null, function: ColumnTotal.Count) },
        { "a matrix without a value", "PivotNotUsable", task => task.Datasets[0].Pivot = Pivot(value: null) },
        { "a matrix without lines", "PivotNotUsable", task => task.Datasets[0].Pivot = Pivot(rows: []) },
        { "a matrix without columns", "PivotNotUsable", task => task.Datasets[0].Pivot = Pivot(columns: " ") },
        { "a matrix of a column with itself", "PivotNotUsable", task => task.Datasets[0].Pivot = Pivot(columns: "Region") },
        { "a matrix of two functions", "PivotNotUsable",
            task => task.Datasets[0].Pivot = Pivot(function: ColumnTotal.Sum | ColumnTotal.Average) },
        { "a matrix with groups", "PivotNotUsable", task => (task.Datasets[0].GroupBy, task.Datasets[0].Pivot) = (["region"], Pivot()) },
        { "a matrix with a running total", "PivotNotUsable",
            task => (task.Datasets[0].Columns, task.Datasets[0].Pivot) = ([new() { Name = "x", RunningTotal = true }], Pivot()) },

        // the schedule
        { "no schedule", null, _ => { } },
        { "cron text", null, task => task.Cron = "0 7 * * MON-FRI" },
        { "no cron text", "NotASchedule", task => task.Cron = "daily" },
        { "a date that never comes", "ScheduleNeverRuns", task => task.Cron = "0 0 30 2 *" },
        { "an interval of a second", null, task => task.Every = TimeSpan.FromSeconds(1) },
        { "an interval of less", "IntervalTooShort", task => task.Every = TimeSpan.FromMilliseconds(999) },
        { "two schedules", "ScheduleAmbiguous", task => (task.Cron, task.Every) = ("@daily", TimeSpan.FromHours(1)) },
        { "three schedules", "ScheduleAmbiguous", task => (task.Cron, task.Every, task.At) = ("@daily", TimeSpan.FromHours(1), Made) },
        { "a window", null, task => (task.Cron, task.StartAt, task.EndAt) = ("@daily", Made, Made.AddDays(1)) },
        { "a window of one instant", "ScheduleWindowEmpty", task => (task.Cron, task.StartAt, task.EndAt) = ("@daily", Made, Made) },
        { "a window that ends before it starts", "ScheduleWindowEmpty",
            task => (task.Cron, task.StartAt, task.EndAt) = ("@daily", Made, Made.AddSeconds(-1)) },
        { "one instant outside of its window", "ScheduleNeverRuns", task => (task.At, task.EndAt) = (Made, Made.AddSeconds(-1)) },
        { "a zone of Windows", null, task => task.TimeZone = "W. Europe Standard Time" },
        { "an unknown zone", "UnknownTimeZone", task => task.TimeZone = "Mars/Olympus" },

        // files and recipients
        { "a format twice", "FormatRepeated", task => task.Format = [ReportFormat.Csv, ReportFormat.Excel, ReportFormat.Csv] },
        { "neither files nor recipients", "NothingToMake", task => (task.Format, task.To) = ([], []) },
        { "recipients and no files", null, task => task.Format = [] },
        { "an address that is none", "AddressNotUsable", task => task.To = ["ada at example.com"] },
        { "a logo that is not there", "FileNotFound", task => task.Logo = "/nowhere/logo.png" },
        { "a template that is not there", "FileNotFound", task => task.Template = "/nowhere/book.xlsx" },

        // limits, at both ends
        { "a timeout of a second", null, task => task.Timeout = TimeSpan.FromSeconds(1) },
        { "a timeout of less", "ValueOutOfRange", task => task.Timeout = TimeSpan.FromMilliseconds(999) },
        { "a timeout of 24 days", null, task => task.Timeout = TimeSpan.FromDays(24) },
        { "a timeout of more", "ValueOutOfRange", task => task.Timeout = TimeSpan.FromDays(24) + TimeSpan.FromTicks(1) },
        { "no retry", null, task => task.Retry = 0 },
        { "a retry less than none", "ValueOutOfRange", task => task.Retry = -1 },
        { "ten retries", null, task => task.Retry = 10 },
        { "eleven retries", "ValueOutOfRange", task => task.Retry = 11 },
        { "no grace", null, task => task.MissedGrace = TimeSpan.Zero },
        { "a grace less than none", "ValueOutOfRange", task => task.MissedGrace = TimeSpan.FromTicks(-1) },
        { "every failure", null, task => task.NotifyEvery = 1 },
        { "no failure", "ValueOutOfRange", task => task.NotifyEvery = 0 },
        { "never paused", null, task => task.PauseAfterFailures = 0 },
        { "paused before the first failure", "ValueOutOfRange", task => task.PauseAfterFailures = -1 },
        { "one run kept", null, task => task.KeepRuns = 1 },
        { "no run kept", "ValueOutOfRange", task => task.KeepRuns = 0 },
        { "files for a minute", null, task => task.KeepFilesFor = TimeSpan.FromMinutes(1) },
        { "files for less", "ValueOutOfRange", task => task.KeepFilesFor = TimeSpan.FromSeconds(59) },
        { "a semicolon between fields", null, task => task.Delimiter = ';' },
        { "a tab between fields", null, task => task.Delimiter = '\t' },
        { "a quote between fields", "ValueOutOfRange", task => task.Delimiter = '"' },
        { "a letter between fields", "ValueOutOfRange", task => task.Delimiter = 'x' },
        { "a digit between fields", "ValueOutOfRange", task => task.Delimiter = '٣' },
        { "a line end between fields", "ValueOutOfRange", task => task.Delimiter = '\n' },
        { "a condition", null, task => task.SendWhen = "rows > 100 and max(lag_s) > 60" },
        { "a word for a condition", null, task => task.SendWhen = "hasrows" },
        { "half a condition", "ConditionNotUsable", task => task.SendWhen = "rows >" },
        { "a condition on no dataset", "ConditionDatasetUnknown", task => task.SendWhen = "Nowhere.rows > 1" },
        { "a number of rows that is a text", "ConditionTypesDiffer", task => task.SendWhen = "rows > 'a'" },
        { "a reminder of a condition", null, task => (task.SendWhen, task.RemindAfter) = ("HasRows", TimeSpan.FromHours(4)) },
        { "a reminder of nothing", "ConditionNeeded", task => task.RemindAfter = TimeSpan.FromHours(4) },
        { "a reminder at once", "ValueOutOfRange", task => (task.SendWhen, task.RemindAfter) = ("HasRows", TimeSpan.Zero) },
        { "the end of nothing", "ConditionNeeded", task => task.OnRecovered = true },
        { "a label", null, task => task.RunOn = "dmz-2.eu_west" },
        { "an empty label", "ValueOutOfRange", task => task.RunOn = "" },
        { "a label of two words", "ValueOutOfRange", task => task.RunOn = "dmz or lan" },
        { "a long label", "ValueOutOfRange", task => task.RunOn = new string('x', 64) },
        { "a culture", null, task => task.Culture = "de-DE" },
        { "an unknown culture", "CultureUnknown", task => task.Culture = "xx-Nowhere" },
    };

    public static IEnumerable<ITheoryDataRow> Rows() => Cases;

    [Theory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    internal void A_task_is_checked_by_itself(string name, string? errorId, Action<ReportTask> edit)
    {
        var task = new ReportTask { Id = "t", Name = "Daily", Connection = "shop", Datasets = [new() { Query = "select 1 as a" }],
            Format = [ReportFormat.Csv], To = ["ada@example.com"], TimeZone = "UTC", CreatedAt = Made };
        edit(task);
        var problem = Record.Exception(() => TaskRules.Check(task, _ => null));
        Assert.True(errorId == (problem as ReportException)?.ErrorId && problem is null or ReportException, $"{name}: {problem}");
    }

    private static ReportPivot Pivot(string[]? rows = null, string columns = "month", string? value = "amount",
        ColumnTotal function = ColumnTotal.Sum) =>
        new() { Rows = rows ?? ["region"], Columns = columns, Value = value, Function = function };

    private static ReportDataset Dataset(string name, ReportColumn[]? columns = null, ReportChart[]? charts = null) =>
        new() { Name = name, Query = "select 1 as x", Columns = columns ?? [], Charts = charts ?? [] };
}
