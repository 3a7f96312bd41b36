using System.Runtime.ExceptionServices;
using ReportScheduler.Exports.Charts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Preview;
using ReportScheduler.Exports.Shaping;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Numbers;
using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Exports;

/// <summary>Turns the rows of a run into the files of its formats.</summary>
/// <remarks>
/// Each row is read once, on the caller's thread, and shown to every writer; each writer works on a thread of its own, so that reading,
/// formatting and compressing overlap. Of a small report one writer works on the caller's thread. The first error of a writer stops the
/// others and surfaces as it was. Disposed without <see cref="Complete"/>, no file is left.
/// </remarks>
internal sealed class ReportExport : IReportExport
{
    private readonly ReportDocument document;
    private readonly IRowWatcher? watcher;
    private readonly KeyFigures? figures;
    private readonly TimeZoneInfo zone;
    private readonly CancellationTokenSource stop = new();
    private readonly List<IWriterLane> lanes = [];
    private List<IWriterLane> takers;
    private readonly List<DatasetPreview> datasets = [];
    private readonly List<(string Dataset, IReadOnlyList<SourceColumn> Columns)> columns = [];
    private readonly List<BatchPool> pools = [];
    private Exception? failure;
    private bool complete;

    /// <param name="document">The report.</param>
    /// <param name="isSmall">Whether it is known to have few rows.</param>
    public ReportExport(ReportDocument document, bool isSmall = false)
    {
        var warned = new HashSet<string>();
        figures = KeyFigures.Of(document);
        watcher = document.Watcher;
        this.document = document with
        {
            IsSmall = isSmall,
            Warn = warning => WarnOnce(warned, warning, document.Warn),
            Figures = figures is null ? null : () => figures.Shown,
            Watcher = WatcherPair.Of(document.Watcher, figures),
            Titles = new(StringComparer.Ordinal),
        };
        zone = Zones.Find(document.Task.TimeZone);
        List<ExportFormat> formats = [.. ExportFormats.Of(document.Task)];
        // the last one: the others are at work meanwhile
        lanes.AddRange(formats.Select((format, place) => Lane(format, isOnCaller: isSmall && place == formats.Count - 1)));
        takers = lanes;
    }

    /// <summary>What the files say about themselves, and how they look.</summary>
    public ReportDocument Document => document;

    /// <summary>What is other than in the last report, as a sentence in the language of the report; null for what the run says.</summary>
    public string? Changes { get; set; }

    /// <summary>Adds the rows of a dataset: the current result is read to its end, and the results stay the caller's.</summary>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="results">At the result.</param>
    /// <param name="onRows">Is told, now and then, how many rows of this dataset have been read; on the caller's thread.</param>
    /// <param name="cancellation">Stops the export; it cannot go on afterwards.</param>
    /// <exception cref="ReportException">A file could not be written.</exception>
    public void Add(string dataset, IRowResults results, Action<long> onRows, CancellationToken cancellation) =>
        Add(dataset, results, onRows, isOfComparison: false, cancellation);

    /// <summary>Adds a dataset that says what is other than before: it counts for nothing else.</summary>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="title">What people read in place of it.</param>
    /// <param name="results">At the result, as people read it.</param>
    /// <param name="data">At the same for programs.</param>
    /// <param name="cancellation">Stops the export; it cannot go on afterwards.</param>
    /// <exception cref="ReportException">A file could not be written.</exception>
    public void AddComparison(string dataset, string title, IRowResults results, IRowResults data, CancellationToken cancellation)
    {
        document.Titles[dataset] = title;
        takers = lanes.FindAll(lane => !lane.IsData);
        Add(dataset, results, _ => { }, isOfComparison: true, cancellation);
        takers = lanes.FindAll(lane => lane.IsData);
        if (takers.Count > 0)
        {
            AddData(dataset, data, cancellation);
        }

        takers = lanes;
    }

    /// <summary>Adds a dataset without rows to the formats that have a file for each.</summary>
    /// <remarks>That of an earlier run would stay in its place.</remarks>
    /// <param name="dataset">The dataset's name.</param>
    /// <param name="none">Its columns, without rows.</param>
    /// <param name="cancellation">Stops the export; it cannot go on afterwards.</param>
    /// <exception cref="ReportException">A file could not be written.</exception>
    public void AddEmptyFile(string dataset, IRowResults none, CancellationToken cancellation)
    {
        takers = lanes.FindAll(lane => lane.HasFilePerDataset);
        if (takers.Count > 0)
        {
            AddData(dataset, none, cancellation);
        }

        takers = lanes;
    }

    private void AddData(string dataset, IRowResults results, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(stop.Cancel);
        try
        {
            var rows = results.Rows(zone);
            var pool = NewPool(rows.Columns.Count);
            Post(writer => writer.Begin(dataset, rows.Columns));
            while (rows.Next(pool, stop.Token) is { } batch)
            {
                Share(batch, pool, (writer, shared) => writer.Write(shared));
            }

            Post(writer => writer.End(stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            ThrowWhenStopped(cancellation);
        }
    }

    private void Add(string dataset, IRowResults results, Action<long> onRows, bool isOfComparison, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(stop.Cancel);
        try
        {
            Add(dataset, results, onRows, isOfComparison);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            ThrowWhenStopped(cancellation);
        }
    }

    /// <summary>Waits for the writers and gives the files their names.</summary>
    /// <exception cref="ReportException">A file could not be written.</exception>
    public ExportResult Complete(CancellationToken cancellation = default)
    {
        figures?.Complete();
        using (cancellation.Register(stop.Cancel))
        {
            foreach (var lane in lanes)
            {
                lane.PostComplete(stop.Token);
            }

            foreach (var lane in lanes)
            {
                lane.Join();
            }
        }

        ThrowWhenStopped(cancellation);
        // Of one dataset the chart itself says what it lacks.
        foreach (var warning in ColumnOptionCheck.Unknown(document.Task, columns, ofChart: document.Task.HasSeveralDatasets))
        {
            document.Warn(warning);
        }

        complete = true;
        return new ExportResult([.. lanes.SelectMany(lane => lane.Files)], datasets, document.DataAt)
        {
            Parameters = document.Parameters,
            Changes = Changes,
            Watcher = watcher,
            Theme = document.Theme,
            KeyFigures = figures
        };
    }

    public void Dispose()
    {
        stop.Cancel();
        foreach (var lane in lanes)
        {
            lane.Dispose();
        }

        if (!complete)
        {
            // Some writers may have completed before another failed.
            foreach (var file in lanes.SelectMany(lane => lane.Files))
            {
                File.Delete(file);
            }
        }

        pools.ForEach(pool => pool.Dispose());
        stop.Dispose();
    }

    private void Add(string dataset, IRowResults results, Action<long> onRows, bool isOfComparison)
    {
        using var shape = RowShape.Of(
            document, dataset,
            results.Rows(zone, column => NamedFormat.Resolve(document.Task.Dataset(dataset).Column(column.Name)?.Format, document.Culture)),
            isShaped: !isOfComparison,
            document.Task.Dataset(dataset).NativePivot ? new Source(this, dataset) : null, stop.Token);
        var rows = shape.Rows;
        var rowWatcher = isOfComparison || shape.IsWatched ? null : document.Watcher;
        var pool = rows.Pool ?? NewPool(rows.Columns.Count);
        rows.LookAhead(pool, stop.Token);
        var layout = ColumnLayout.Grouped(document, dataset, rows.Columns);
        var charts = ChartData.Of(document, dataset, rows.Columns);
        var preview = new PreviewRows(
            document.Task, dataset, layout, GroupLayout.Of(document, dataset, rows.Columns, layout), charts, document.Culture, zone);
        var added = new AddedColumns(dataset, layout, document.Task.Dataset(dataset));
        rowWatcher?.Begin(dataset, rows.Columns);
        Post(writer => writer.Begin(dataset, rows.Columns));
        while (rows.Next(pool, stop.Token) is { } batch)
        {
            var isLong = preview.Count > 0;
            preview.Take(batch);
            added.Take(batch);
            rowWatcher?.Take(batch);
            Share(batch, pool, (writer, rows) => writer.Write(rows));
            onRows(preview.Count);
            // a short report leaves little behind
            if (isLong)
            {
                GarbageLimit.Check();
            }
        }

        Post(writer => writer.End(stop.Token));
        foreach (var chart in charts)
        {
            chart.End();
        }

        datasets.Add(preview.Preview with { IsOfComparison = isOfComparison, Title = document.TitleOf(dataset) });
        columns.Add((dataset, ReferenceEquals(shape.Source, rows) ? rows.Columns
            : [.. shape.Source.Columns.Concat(rows.Columns).DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase)]));
        foreach (var warning in added.Warnings)
        {
            document.Warn(warning);
        }
    }

    private BatchPool NewPool(int columns)
    {
        var pool = new BatchPool(columns);
        pools.Add(pool);
        return pool;
    }

    private IWriterLane Lane(ExportFormat format, bool isOnCaller)
    {
        var path = Path.Combine(document.Folder, document.FileName(format.Format));
        return isOnCaller
            ? new CallerLane(path, () => format.Create(document), Fail, stop.Token)
            {
                IsData = format.IsData,
                HasFilePerDataset = format.HasFilePerDataset,
            }
            : new WriterLane(path, () => format.Create(document), Fail, stop.Token)
            {
                IsData = format.IsData,
                HasFilePerDataset = format.HasFilePerDataset,
            };
    }

    private void Fail(Exception error)
    {
        Interlocked.CompareExchange(ref failure, error, null);
        stop.Cancel();
    }

    // The writers warn from their own threads, and each of them of the same option.
    private static void WarnOnce(HashSet<string> warned, string warning, Action<string> warn)
    {
        lock (warned)
        {
            if (warned.Add(warning))
            {
                warn(warning);
            }
        }
    }

    private void Post(Action<IReportWriter> step)
    {
        foreach (var lane in takers)
        {
            lane.Post(step);
        }
    }

    // The batch goes back when the last writer is done with it.
    private void Share(RowBatch batch, BatchPool pool, Action<IReportWriter, RowBatch> write)
    {
        var readers = takers.Count;
        if (readers == 0)
        {
            pool.Return(batch);
        }

        Post(writer =>
        {
            write(writer, batch);
            if (Interlocked.Decrement(ref readers) == 0)
            {
                pool.Return(batch);
            }
        });
    }

    /// <summary>Shows the rows of a matrix to the writers.</summary>
    private sealed class Source(ReportExport export, string dataset) : ISourceRows
    {
        public BatchPool Begin(IReadOnlyList<SourceColumn> columns)
        {
            export.Post(writer => writer.BeginSource(dataset, columns));
            return export.NewPool(columns.Count);
        }

        public void Take(RowBatch batch, BatchPool pool) => export.Share(batch, pool, (writer, rows) => writer.WriteSource(rows));

        public void End() => export.Post(writer => writer.EndSource());
    }

    private void ThrowWhenStopped(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        stop.Token.ThrowIfCancellationRequested();
    }
}
