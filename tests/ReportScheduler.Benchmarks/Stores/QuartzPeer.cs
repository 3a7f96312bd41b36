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
        var builder = QuartzSchedulerBuilder.Create(quartz => quartz
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
            }));
        var scheduler = await builder.BuildScheduler(CancellationToken.None);
        var jobs = due.Select((at, i) => (Job: JobBuilder.Create<Note>().WithIdentity($"job {i}").Build(), At: at)).ToDictionary(
            job => job.Job,
            job => (IReadOnlyCollection<ITrigger>)[TriggerBuilder.Create().WithIdentity(job.Job.Key.Name).StartAt(job.At).Build()]);
        await scheduler.ScheduleJobs(jobs, new ScheduleJobOptions(), CancellationToken.None);
        await scheduler.Start(CancellationToken.None);
        var until = TimeProvider.System.GetUtcNow() + most;
        while (Started.Count < due.Count && TimeProvider.System.GetUtcNow() < until)
            await Task.Delay(50);
        await scheduler.Shutdown(waitForJobsToComplete: true);
        return [.. Started];
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
