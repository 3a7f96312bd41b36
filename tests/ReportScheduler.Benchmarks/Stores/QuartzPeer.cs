using System.Collections.Concurrent;
using Quartz;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>Quartz.NET with its clustered job store.</summary>
internal static class QuartzPeer
{
    private static readonly ConcurrentQueue<(DateTimeOffset DueAt, DateTimeOffset StartedAt)> Started = new();

    public static List<(DateTimeOffset DueAt, DateTimeOffset StartedAt)> Run(string connection, IReadOnlyList<DateTimeOffset> due,
        TimeSpan most, int atOnce) => RunAsync(connection, due, most, atOnce).GetAwaiter().GetResult();

    private static async Task<List<(DateTimeOffset DueAt, DateTimeOffset StartedAt)>> RunAsync(string connection,
        IReadOnlyList<DateTimeOffset> due, TimeSpan most, int atOnce)
    {
        var scheduler = await Scheduler(connection, atOnce);
        await Schedule<Note>(scheduler, due);
        await scheduler.Start(CancellationToken.None);
        var until = TimeProvider.System.GetUtcNow() + most;
        while (Started.Count < due.Count && TimeProvider.System.GetUtcNow() < until)
        {
            await Task.Delay(50);
        }

        await scheduler.Shutdown(waitForJobsToComplete: true);
        return [.. Started];
    }

    /// <summary>Makes jobs that send a mail, and are done again when their process dies.</summary>
    public static void MakeMails(string connection, IReadOnlyList<DateTimeOffset> due, int atOnce) => Make(connection, due, atOnce)
        .GetAwaiter().GetResult();

    /// <summary>Works until the process is killed.</summary>
    public static void SendMails(string connection, int atOnce) => Work(connection, atOnce).GetAwaiter().GetResult();

    private static async Task Make(string connection, IReadOnlyList<DateTimeOffset> due, int atOnce)
    {
        var scheduler = await Scheduler(connection, atOnce);
        await Schedule<Mail>(scheduler, due);
        await scheduler.Shutdown(waitForJobsToComplete: true);
    }

    private static async Task Work(string connection, int atOnce)
    {
        var scheduler = await Scheduler(connection, atOnce);
        await scheduler.Start(CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task<IScheduler> Scheduler(string connection, int atOnce) =>
        await QuartzSchedulerBuilder.Create(quartz => quartz
            .ConfigureScheduler(options =>
            {
                (options.InstanceName, options.GenerateInstanceId, options.MaxBatchSize) = ("benchmark", true, atOnce);
            })
            .UseDefaultThreadPool(atOnce)
            .UsePersistentStore(store =>
            {
                store.UsePostgres(Npgsql.NpgsqlFactory.Instance, connection);
                store.ProvisionSchema();
                store.UseClustering(_ => { });
            })).BuildScheduler(CancellationToken.None);

    private static async Task Schedule<TJob>(IScheduler scheduler, IReadOnlyList<DateTimeOffset> due)
        where TJob : IJob
    {
        var jobs = due.Select((at, i) => (Job: JobBuilder.Create<TJob>().WithIdentity($"job {i}").RequestRecovery().Build(), At: at))
            .ToDictionary(
                job => job.Job,
                job => (IReadOnlyCollection<ITrigger>)[TriggerBuilder.Create().WithIdentity(job.Job.Key.Name).StartAt(job.At).Build()]);
        await scheduler.ScheduleJobs(jobs, new ScheduleJobOptions(), CancellationToken.None);
    }

    /// <summary>A job that sends a mail.</summary>
    internal sealed class Mail : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            KillWork.Send(int.Parse(context.JobDetail.Key.Name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A job that does nothing but say when it began.</summary>
    internal sealed class Note : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            Started.Enqueue((context.ScheduledFireTimeUtc!.Value, TimeProvider.System.GetUtcNow()));
            return ValueTask.CompletedTask;
        }
    }
}
