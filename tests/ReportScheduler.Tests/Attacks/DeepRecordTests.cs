using LiteDB;
using ReportScheduler.Store.LiteDb;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Records that nest without end, put straight into the store file: told as
/// damaged, and no process ends of a used-up stack.</summary>
public sealed class DeepRecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("tasks", 101)]
    [InlineData("tasks", 1_300)]
    [InlineData("tasks", 20_000)]
    [InlineData("taskStates", 20_000)]
    [InlineData("connections", 20_000)]
    [InlineData("runs", 20_000)]
    [InlineData("deliveries", 20_000)]
    [InlineData("meta", 20_000)]
    public void Every_cmdlet_and_the_runner_live_on(string collection, int levels)
    {
        var path = Path.Combine(folder, "s.db");
        var store = StoreFile.Open(path, StoreScope.User);
        store.Connections.Put(
            new ReportConnection { Name = "db", Provider = ReportProvider.Sqlite, ConnectionString = "Data Source=:memory:" }, PutMode.Add);
        store.PutTask(
            new ReportTask { Id = "t", Name = "t", Connection = "db", Query = "select 1 as a", Every = TimeSpan.FromSeconds(1),
                Format = [ReportFormat.Csv] },
            PutMode.Add, TimeProvider.System.GetUtcNow());
        Put(path, collection, levels);
        var used = HostProcess.Run(
            folder, new Dictionary<string, string> { ["REPORTSCHEDULER_STORE"] = path }, "-Command",
            """
            $quiet = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = '+problems'; WarningAction = 'SilentlyContinue' }
            $problems = @()
            $null = Get-ReportTask @quiet; $null = Get-ReportTask deep @quiet; $null = Get-ReportRun @quiet; $null = Get-ReportRun -Id deep @quiet
            $null = Get-ReportConnection @quiet; $null = Get-ReportSchedulerOption @quiet
            $null = New-ReportConnection deep ':memory:' -Force @quiet; $null = Set-ReportTask t -Owner a@example.com @quiet
            $null = Invoke-ReportTask -Due @quiet; $null = Backup-ReportStore ./backup @quiet
            try { $null = Start-ReportScheduler -For 1s @quiet } catch { $problems += $_ }
            "problems: $(@($problems.FullyQualifiedErrorId -replace ',.*' | Select-Object -Unique) -join ' ')"
            """);
        var told = used.Output.Split('\n').SingleOrDefault(line => line.StartsWith("problems:", StringComparison.Ordinal));
        Assert.True(told is not null, $"{used.ExitCode}: {used.Output} {used.Error}");
        Assert.DoesNotContain("Unexpected", told, StringComparison.Ordinal);
        if (collection is "tasks")
        {
            Assert.Contains("NotReadable", told, StringComparison.Ordinal);
        }
    }

    private static void Put(string path, string collection, int levels)
    {
        // LiteDB writes by calling itself too
        var writing = new Thread(
            () =>
            {
                using var database = new LiteDatabase(path);
                BsonDocument record = new() { ["a"] = 1 };
                for (var level = 1; level < levels; level++)
                {
                    record = level % 2 == 0 ? new() { ["a"] = record } : new() { ["a"] = new BsonArray(record) };
                }

                foreach (var id in new[] { "deep", "DEEP", "option" })
                {
                    if (database.GetCollection(collection).FindById(id) is null)
                    {
                        database.GetCollection(collection).Insert(new BsonDocument { ["_id"] = id, ["Name"] = id, ["NameKey"] = id,
                            ["NextRunAt"] = 1L, ["WakeAt"] = 1L, ["SortAt"] = 1L, ["OnceKey"] = id, ["OpenKey"] = id, ["TryAt"] = 1L,
                            ["Parameters"] = record });
                    }
                }
            },
            1 << 30);
        writing.Start();
        writing.Join();
    }
}
