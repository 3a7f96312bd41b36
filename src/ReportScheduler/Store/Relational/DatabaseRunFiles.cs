using ReportScheduler.Files;

namespace ReportScheduler.Store.Relational;

/// <summary>The files of runs: a folder on this computer to work in, and copies in the database for the other machines.</summary>
/// <param name="database">The database.</param>
/// <param name="folder">The folder to work in.</param>
/// <param name="share">The folder that all machines see; null for none.</param>
internal sealed class DatabaseRunFiles(RelationalDatabase database, string folder, Func<string?> share) : IRunFiles
{
    // a statement with one is smaller than StatementSize.Needed, however its bytes are written
    private const int Chunk = 1 << 18;

    /// <summary>More than this of a run's report files goes to the share, or stays where it was made without
    /// one; messages are kept whatever their size.</summary>
    private const long MostKept = 25 << 20;

    private const int AskedAtOnce = 500;

    public string Folder => folder;

    public string FolderOf(string runId, int attempt) => RunPaths.FolderOf(folder, runId, attempt);

    public void Create(string path)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(folder)!);
        LocalRunFiles.Make(path);
    }

    public void Keep(ReportRun run)
    {
        Share(run);
        database.Change(session =>
        {
            Keep(session, run);
            return true;
        });
    }

    public void Share(ReportRun run)
    {
        if (Present(run).Much is { Length: > 0 } much && share() is { } shared)
        {
            foreach (var file in much)
            {
                SharedFiles.Keep(shared, file);
            }
        }
    }

    /// <summary>Keeps in the database what is not too much for it and is not there.</summary>
    public void Keep(StoreSession session, ReportRun run)
    {
        var (few, _) = Present(run);
        if (few.Length == 0)
        {
            return;
        }

        // a split report has hundreds of files: what is there is asked for once
        var kept = session
            .Query<(string Folder, string Name)>("select distinct folder, name from run_file where run_id = @Id", new { run.Id })
            .ToHashSet();
        foreach (var file in few.Where(file => !kept.Contains(PlaceOf(file))))
        {
            Keep(session, run.Id, file);
        }
    }

    public void Fetch(ReportRun run)
    {
        foreach (var file in Named(run).Where(file => !File.Exists(file)))
        {
            var place = Path.GetDirectoryName(file)!;
            Create(place);
            try
            {
                Fetch(run.Id, file);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // a disk that is full, or a folder that another account has made
                throw StoreErrors.FolderNotUsable(place, problem.Message, problem);
            }
        }
    }

    public void Locate(IReadOnlyList<ReportRun> runs)
    {
        var away = runs.Where(run => !run.AreFilesRemoved && Array.Exists(run.Files, file => !File.Exists(file))).ToList();
        var shared = away.Count > 0 ? share() : null;
        var kept = away.Chunk(AskedAtOnce).SelectMany(some => database.Once(session => session.Query<(string, string, string)>(
            $"select distinct run_id, folder, name from run_file where {session.Sql.In("run_id", "Ids")}",
            new { Ids = session.Sql.List([.. some.Select(run => run.Id)]) }))).ToHashSet();
        foreach (var run in runs)
        {
            RunPaths.Locate(run,
                file => File.Exists(file) ? file
                    : shared is not null && !run.AreFilesRemoved && IsBelow(file) ? SharedFiles.Find(shared, file) : null,
                file => PlaceOf(file) is var (place, name) && kept.Contains((run.Id, place, name)) ? "in the store"
                    : run.Machine is { } maker ? $"made on the computer {maker}" : "not on this computer");
        }
    }

    public bool Has(string runId) =>
        RunPaths.FoldersOf(folder, runId).Concat(OnShare(runId, share()))
            .Any(attempt => Directory.EnumerateFileSystemEntries(attempt).Any())
            || database.Once(session => session.Exists("from run_file where run_id = @runId", new { runId }));

    public ReportException? Remove(string runId)
    {
        database.Once(session => session.Execute("delete from run_file where run_id = @runId", new { runId }));
        return RemoveFromDisks(runId, share());
    }

    public IReadOnlyList<(string RunId, ReportException? Problem)> RemoveFromDisks(IReadOnlyCollection<string> runIds)
    {
        var shared = runIds.Count > 0 ? share() : null;
        return [.. runIds.Select(id => (id, RemoveFromDisks(id, shared)))];
    }

    private ReportException? RemoveFromDisks(string runId, string? shared)
    {
        ReportException? problem = null;
        foreach (var attempt in RunPaths.FoldersOf(folder, runId).Concat(OnShare(runId, shared)).ToList())
        {
            problem = LocalRunFiles.Delete(attempt) ?? problem;
        }

        return problem;
    }

    public void KeepResult(string taskId, string runId, string path, string? lastRunId) => database.Change(session =>
    {
        var kept = session.Query<string>("select distinct run_id from result where task_id = @taskId", new { taskId });
        var old = kept.Order(StringComparer.Ordinal).SkipLast(2).Where(id => id != lastRunId).Append(runId).ToList();
        session.Execute($"delete from result where task_id = @taskId and {session.Sql.In("run_id", "Old")}",
            new { taskId, Old = session.Sql.List(old) });
        using var content = File.OpenRead(path);
        var buffer = Buffer(content);
        for (var (no, read) = (0, 1); read > 0; no++)
        {
            read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            session.Execute("insert into result (task_id, run_id, no, bytes) values (@taskId, @runId, @no, @Bytes)",
                new { taskId, runId, no, Bytes = buffer[..read] });
        }

        return true;
    });

    public bool FetchResult(string taskId, string runId, string path)
    {
        using var content = PrivateFile.Open(path, FileMode.Create, FileShare.None);
        return database.Once(session =>
        {
            var isThere = false;
            content.SetLength(0);
            foreach (var bytes in session.Stream<byte[]>(
                "select bytes from result where task_id = @taskId and run_id = @runId order by no", new { taskId, runId }))
            {
                content.Write(bytes);
                isThere = true;
            }

            return isThere;
        });
    }

    public void RemoveResults(string taskId) =>
        database.Once(session => session.Execute("delete from result where task_id = @taskId", new { taskId }));

    public ReportException? RemoveFolder(string? path) => LocalRunFiles.Delete(path);

    /// <summary>The files that are here: those that the database keeps, and those that are too much for it.</summary>
    private (string[] Few, string[] Much) Present(ReportRun run)
    {
        string[] present = [.. Named(run).Where(File.Exists)];
        var messages = run.Deliveries.Select(delivery => delivery.MessagePath).OfType<string>().ToHashSet(StringComparer.Ordinal);
        string[] reports = [.. present.Where(file => !messages.Contains(file))];
        return reports.Sum(file => new FileInfo(file).Length) > MostKept ? ([.. present.Except(reports)], reports) : (present, []);
    }

    private static IEnumerable<string> OnShare(string runId, string? shared) =>
        shared is null ? [] : RunPaths.FoldersOf(shared, runId);

    // copies in other folders are only shown
    private IEnumerable<string> Named(ReportRun run) =>
        run.Files.Concat(run.Deliveries.SelectMany(delivery => delivery.Files.Append(delivery.MessagePath ?? "")))
            .Where(IsBelow).Distinct(StringComparer.Ordinal);

    private bool IsBelow(string file) => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static (string Folder, string Name) PlaceOf(string file) =>
        (Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileName(file));

    private static void Keep(StoreSession session, string runId, string file)
    {
        var (place, name) = PlaceOf(file);
        using var content = File.OpenRead(file);
        var buffer = Buffer(content);
        for (var no = 0; ; no++)
        {
            var read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (read == 0 && no > 0)
            {
                return;
            }

            session.Execute("insert into run_file (run_id, folder, name, no, bytes) values (@runId, @place, @name, @no, @Bytes)",
                new { runId, place, name, no, Bytes = buffer[..read] });
        }
    }

    // most files are small, and .NET collects all of its garbage for a few dozen buffers of a whole chunk
    private static byte[] Buffer(FileStream content) => new byte[Math.Clamp(content.Length, 1, Chunk)];

    private void Fetch(string runId, string file)
    {
        var which = new { runId, place = Path.GetFileName(Path.GetDirectoryName(file)!), name = Path.GetFileName(file) };
        var fresh = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            var isThere = false;
            using (var content = PrivateFile.Open(fresh, FileMode.CreateNew, FileShare.None))
            {
                database.Once(session =>
                {
                    content.SetLength(0);
                    foreach (var bytes in session.Stream<byte[]>(
                        "select bytes from run_file where run_id = @runId and folder = @place and name = @name order by no", which))
                    {
                        content.Write(bytes);
                        isThere = true;
                    }

                    return true;
                });
            }

            if (isThere || (share() is { } shared && SharedFiles.Fetch(shared, file, fresh)))
            {
                File.Move(fresh, file, overwrite: true);
            }
        }
        finally
        {
            if (File.Exists(fresh))
            {
                File.Delete(fresh);
            }
        }
    }
}
