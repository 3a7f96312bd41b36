using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Files;
using ReportScheduler.Rows;
using ReportScheduler.Time;

namespace ReportScheduler.Commands.Scripts;

/// <summary>Makes the files of a report of the objects of a pipeline, while they come, in a folder of its own.</summary>
internal sealed class ObjectExport : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ReportTask task;
    private readonly ReportDocument document;
    private readonly ObjectQueue queue = new();
    private readonly ConcurrentQueue<string> warnings = new();
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource over;
    private readonly ObjectShaper shaper;
    private readonly Thread worker;
    private ExportResult? result;
    private Exception? problem;

    /// <param name="task">What the report is like; it is in no store.</param>
    /// <param name="properties">The only properties that are read; null for all that an object has.</param>
    /// <param name="fileName">The name of the file of a format, with its extension.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="theme">Its colours, logo and font.</param>
    public ObjectExport(ReportTask task, IReadOnlyList<string>? properties, Func<ReportFormat, string> fileName, DateTimeOffset now,
        Theme theme)
    {
        this.task = task;
        Folder = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():n}");
        PrivateFile.CreateFolder(Folder);
        shaper = new ObjectShaper(warnings.Enqueue, properties);
        over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var at = TimeZoneInfo.ConvertTime(now, Zones.Find(task.TimeZone));
        document = new ReportDocument
        {
            Task = task,
            DueAt = at,
            DataAt = at,
            Culture = ReportCulture.Of(task.Culture),
            Theme = theme,
            Folder = Folder,
            FileName = fileName,
            Warn = warnings.Enqueue,
        };
        worker = new Thread(Work) { IsBackground = true, Name = "Report of objects" };
        worker.Start();
    }

    /// <summary>The folder with the files, which goes with this.</summary>
    public string Folder { get; }

    /// <summary>How many objects there were.</summary>
    public long Count { get; private set; }

    /// <summary>What a person should know, each thing when it is first asked for.</summary>
    public IEnumerable<string> Warnings()
    {
        while (warnings.TryDequeue(out var warning))
        {
            yield return warning;
        }
    }

    /// <summary>Adds an object; waits while the writers are behind.</summary>
    /// <exception cref="ReportException">The files cannot be written, or it is no data.</exception>
    public void Add(PSObject given)
    {
        if (ObjectShaper.IsFormat(given))
        {
            throw ScriptErrors.ObjectsAreFormat();
        }

        try
        {
            foreach (var item in ObjectShaper.Items(given))
            {
                queue.Add(shaper.Row(item), over.Token);
                Count++;
            }
        }
        catch (OperationCanceledException)
        {
            End();
            throw;
        }
    }

    /// <summary>Waits for the files.</summary>
    /// <exception cref="ReportException">They cannot be written.</exception>
    public ExportResult Complete()
    {
        queue.Complete();
        End();
        foreach (var name in Count > 0 ? shaper.Unseen : [])
        {
            warnings.Enqueue(WildcardPattern.ContainsWildcardCharacters(name)
                ? $"No object has a property that matches '{name}', so it gives no column."
                : $"No object has the property '{name}', so its column is empty.");
        }

        return result!;
    }

    /// <summary>Stops, from any thread.</summary>
    public void Stop() => stop.Cancel();

    public void Dispose()
    {
        stop.Cancel();
        if (!worker.Join(Grace))
        {
            return;
        }

        queue.Dispose();
        over.Dispose();
        stop.Dispose();
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // what somebody has open is left to whoever cleans the folder of temporary files
        }
    }

    private void End()
    {
        worker.Join();
        if (problem is not null and not OperationCanceledException)
        {
            ExceptionDispatchInfo.Throw(problem);
        }

        stop.Token.ThrowIfCancellationRequested();
    }

    private void Work()
    {
        try
        {
            using var objects =
                new ObjectResults(queue, task.Datasets[0].Columns.Select(column => column.Name), warnings.Enqueue, stop.Token);
            using var export = new ReportExport(document);
            export.Add(task.Name, objects, _ => { }, stop.Token);
            result = export.Complete(stop.Token);
        }
#pragma warning disable CA1031 // It is thrown again on the thread of the pipeline.
        catch (Exception caught)
        {
            problem = caught;
            over.Cancel();
        }
#pragma warning restore CA1031
    }
}
