using System.Collections.Concurrent;
using Hangfire;
using Hangfire.PostgreSql;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>Hangfire with its storage in PostgreSQL, which asks for what is due and for its queue as often as our runner looks.</summary>
internal static class HangfirePeer
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1.5);
    private static readonly ConcurrentQueue<(DateTimeOffset DueAt, DateTimeOffset StartedAt)> Started = new();

    public static List<(DateTimeOffset DueAt, DateTimeOffset StartedAt)> Run(string connection, IReadOnlyList<DateTimeOffset> due,
        TimeSpan most, int atOnce)
    {
        var storage = new PostgreSqlStorage(
            new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(connection, new PostgreSqlStorageOptions()),
            new PostgreSqlStorageOptions { QueuePollInterval = Look });
        var client = new BackgroundJobClient(storage);
        foreach (var at in due)
        {
            client.Schedule(() => Note(at), at);
        }

        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = atOnce, SchedulePollingInterval = Look },
            storage);
        var until = TimeProvider.System.GetUtcNow() + most;
        while (Started.Count < due.Count && TimeProvider.System.GetUtcNow() < until)
        {
            Thread.Sleep(50);
        }

        return [.. Started];
    }

    /// <summary>Makes jobs that send a mail.</summary>
    public static void MakeMails(string connection, IReadOnlyList<DateTimeOffset> due)
    {
        var client = new BackgroundJobClient(Storage(connection));
        for (var i = 0; i < due.Count; i++)
        {
            var job = i;
            client.Schedule(() => KillWork.Send(job), due[i]);
        }
    }

    /// <summary>Works until the process is killed.</summary>
    public static void SendMails(string connection, int atOnce)
    {
        using var server = new BackgroundJobServer(
            new BackgroundJobServerOptions { WorkerCount = atOnce, SchedulePollingInterval = Look }, Storage(connection));
        Thread.Sleep(Timeout.Infinite);
    }

    // a job is abandoned after so long
    private static PostgreSqlStorage Storage(string connection) => new(
        new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(connection, new PostgreSqlStorageOptions()),
        new PostgreSqlStorageOptions { QueuePollInterval = Look, InvisibilityTimeout = TimeSpan.FromSeconds(20) });

    /// <summary>The job. Hangfire calls it by reflection.</summary>
    public static void Note(DateTimeOffset dueAt) => Started.Enqueue((dueAt, TimeProvider.System.GetUtcNow()));
}
