using ReportScheduler.Benchmarks.Exports;
using ReportScheduler.Benchmarks.Scheduler;

return args switch
{
    ["exports", .. var rest] => ExportsBenchmark.Run(rest),
    ["scheduler", .. var rest] => SchedulerBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Give the name of a benchmark: exports [--rows N], scheduler [--tasks N]");
    return 1;
}
