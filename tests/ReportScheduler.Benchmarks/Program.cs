using ReportScheduler.Benchmarks.Scheduler;

return args switch
{
    ["scheduler", .. var rest] => SchedulerBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Give the name of a benchmark: scheduler [--tasks N]");
    return 1;
}
