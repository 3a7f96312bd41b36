using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Rows.Spool;
using ReportScheduler.Templates;
using ReportScheduler.Time;

namespace ReportScheduler.Splits;

/// <summary>Makes a report of its own of the rows of each key: the rows of all datasets are read
/// once and put aside, and the parts made of them one after the other.</summary>
/// <remarks>
/// Whether there are too many parts, and rows that are nobody's, is known before the first part is made; and every part is made, with its
/// mail, before the first is sent. Whoever gets the whole report gets it made from the rows as they are read.
/// </remarks>
internal sealed class SplitExport : IReportExport
{
    /// <summary>Parts of at most so many rows need no thread of their own.</summary>
    private const long FewRows = 10_000;

    private readonly ReportDocument document;
    private readonly SplitRequest request;
    private readonly PartTemplates templates;
    private readonly PartFiles files;
    private readonly RowSpool spool;
    private readonly RowKeys keys;
    private readonly ReportExport? whole;
    private readonly List<BatchPool> pools = [];
    private readonly List<RecurringTexts> texts = [];
    private readonly List<DatasetPreview> datasets = [];
    private readonly List<ReportDelivery> deliveries = [];
    private bool isSent;
    private bool complete;

    public SplitExport(ReportDocument document, ReportRun run, SplitRequest request)
    {
        (this.document, this.request) = (document with { Habits = new TextHabits() }, request);
        templates = new PartTemplates(run, document.Zone);
        files = new PartFiles(document.Folder);
        spool = new RowSpool(Path.Combine(document.Folder, "rows.tmp"));
        keys = new RowKeys(spool, document.Task.MaxSplits, request.IsKept);
        // the columns of the first row are not known yet, and nobody names the whole by them
        if (document.Task.Also.Length > 0 && request.Keys.Count == 0)
        {
            PrivateFile.CreateFolder(WholeFolder);
            whole = Begin(SplitPlan.Whole(document.Task, 0, []), WholeFolder);
        }
    }

    /// <summary>A column that no reader sees is not shown above the rows either.</summary>
    private bool IsKeyHidden => document.Task.Datasets.SelectMany(dataset => dataset.Columns)
        .Any(column => column.Hidden && column.Name.Equals(document.Task.SplitBy!.Trim(), StringComparison.OrdinalIgnoreCase));

    private IPartComparison? Comparison => request.Comparison;

    private string WholeFolder => Path.Combine(document.Folder, "whole");

    public void Add(string dataset, IRowResults results, Action<long> onRows, CancellationToken cancellation)
    {
        var count = 0L;
        var seen = new SeenResults(results, columns => BeginDataset(dataset, columns), batch => count += Take(batch));
        if (whole is null)
        {
            Read(dataset, seen, () => onRows(count), cancellation);
        }
        else
        {
            whole.Add(dataset, seen, onRows, cancellation);
        }

        datasets.Add(new DatasetPreview(dataset, keys.Datasets[^1].Columns, count, []));
    }

    public ExportResult Complete(CancellationToken cancellation = default)
    {
        isSent = request.Deliver is not null && (request.IsSent?.Invoke() ?? true);
        var parts = new SplitPlan(document.Task, request, templates, document.Warn).Parts(keys,
            Comparison?.Gone(keys, request.IsWanted) ?? []);
        request.Planned?.Invoke();
        pools.ForEach(pool => pool.Dispose());
        pools.Clear();
        pools.AddRange(keys.Datasets.Select(dataset => new BatchPool(dataset.Columns.Count)));
        texts.AddRange(keys.Datasets.Select(dataset => new RecurringTexts(dataset.Columns.Count)));
        PrivateFile.CreateFolder(files.Workshop);
        foreach (var part in parts)
        {
            request.CheckRoom?.Invoke();
            Make(part, cancellation);
        }

        Comparison?.Complete(request.IsWanted);
        if (whole is not null)
        {
            var all = SplitPlan.Whole(document.Task, datasets.Sum(dataset => dataset.Rows),
                keys.Datasets.SelectMany(dataset => dataset.Columns).Select(column => column.Name)
                .Concat(request.Readers?.Names ?? []).Distinct(StringComparer.OrdinalIgnoreCase));
            whole.Changes = Comparison?.Changes;
            Deliver(all, whole.Complete(cancellation), Comparison?.IsSent ?? true);
        }

        PartFiles.Remove([files.Workshop, WholeFolder]);
        complete = true;
        return new ExportResult(files.All, datasets, document.DataAt) { Parameters = document.Parameters, Watcher = document.Watcher,
            Deliveries = deliveries, Theme = document.Theme };
    }

    public void Dispose()
    {
        whole?.Dispose();
        spool.Dispose();
        pools.ForEach(pool => pool.Dispose());
        if (!complete)
        {
            files.Remove();
            PartFiles.Remove([files.Workshop, WholeFolder, .. deliveries.Select(delivery => delivery.MessagePath).OfType<string>()]);
        }
    }

    private void BeginDataset(string dataset, IReadOnlyList<SourceColumn> columns)
    {
        keys.Begin(dataset, columns, SplitColumn.Of(document.Task, dataset, columns));
        document.Watcher?.Begin(dataset, columns);
    }

    private int Take(RowBatch batch)
    {
        try
        {
            keys.Take(batch);
            document.Watcher?.Take(batch);
            return batch.Count;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw SplitErrors.SplitSpoolNotWritten(document.Folder, problem);
        }
    }

    /// <summary>Reads a result that nobody gets as a whole.</summary>
    private void Read(string dataset, SeenResults results, Action onRows, CancellationToken cancellation)
    {
        var rows = results.Rows(document.Zone,
            column => NamedFormat.Resolve(document.Task.Dataset(dataset).Column(column.Name)?.Format, document.Culture));
        var pool = new BatchPool(rows.Columns.Count);
        pools.Add(pool);
        rows.LookAhead(pool, cancellation);
        while (!keys.IsEndless && rows.Next(pool, cancellation) is { } batch)
        {
            pool.Return(batch);
            onRows();
            GarbageLimit.Check();
        }
    }

    private void Make(PlannedPart part, CancellationToken cancellation)
    {
        using var export = Begin(part, files.Workshop, Comparison?.Begin(part.Part.Key!));
        for (var i = 0; i < keys.Datasets.Count; i++)
        {
            var (name, columns) = keys.Datasets[i];
            SpoolSegment[] segments = [.. part.Keys.Select(key => key.Of(i)).OfType<SpoolSegment>()];
            using var rows = new SpooledResults(spool, columns, segments, pools[i], texts[i]);
            export.Add(name, rows, _ => { }, cancellation);
        }

        var isWanted = Comparison?.End(export, cancellation) ?? true;
        Deliver(part, export.Complete(cancellation), isWanted);
    }

    private ReportExport Begin(PlannedPart planned, string folder, IRowWatcher? watcher = null)
    {
        var (task, part) = (planned.Task, planned.Part);
        // two writers may ask at once, and get the same
        var names = new string?[ExportFormats.All.Count];
        return new ReportExport(document with
        {
            Task = task,
            Folder = folder,
            // who looks at the whole has seen the rows of all parts
            Watcher = watcher,
            Culture = ReportCulture.Of(task.Culture),
            Parameters = Shown(part),
            FileName = format => names[(int)format] ??= templates.FileName(task, part, format),
        }, isSmall: part.Key is not null && part.Rows <= FewRows);
    }

    /// <summary>The report says whose part it is beside the parameters of its queries.</summary>
    private IReadOnlyList<ShownParameter> Shown(SplitPart part) =>
        part.Key is null || IsKeyHidden ? document.Parameters
            : [.. document.Parameters, new ShownParameter(document.Task.SplitBy!, part.Shown)];

    private void Deliver(PlannedPart planned, ExportResult made, bool isWanted)
    {
        var isNumbered = planned.Task.Format.All(format => FileNames.IsDefault(planned.Task, format));
        var export = made with { Files = files.Take(made.Files, planned.Part, isNumbered), Split = planned.Part };
        try
        {
            deliveries.AddRange(!(isSent && isWanted) ? [] : planned.Orders.SelectMany(order => request.Deliver!(order, export)));
        }
        catch (ReportException problem)
        {
            throw problem.About($"The part '{planned.Part.Shown}' could not be made, so nothing was sent");
        }
    }
}
