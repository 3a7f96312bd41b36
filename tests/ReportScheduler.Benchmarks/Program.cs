using ReportScheduler.Benchmarks.Exports;
using ReportScheduler.Benchmarks.Gallery;
using ReportScheduler.Benchmarks.Import;
using ReportScheduler.Benchmarks.Scheduler;
using ReportScheduler.Benchmarks.Splits;
using ReportScheduler.Benchmarks.Stores;

return args switch
{
    ["exports", .. var rest] => ExportsBenchmark.Run(rest),
    ["scheduler", .. var rest] => SchedulerBenchmark.Run(rest),
    ["store", .. var rest] => StoreBenchmark.Run(rest),
    ["split", .. var rest] => SplitBenchmark.Run(rest),
    ["gallery", .. var rest] => GalleryCommand.Run(rest),
    ["import"] => ImportBenchmark.Run(Directory.GetCurrentDirectory()),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Give the name of a benchmark: exports [--rows N], scheduler [--tasks N | --only idle], store [--only plan,late,burst,idle,kills,lite], split [--rows N], gallery OUT [--compare FOLDER], "
            + "import (in the repository's root)");
    return 1;
}
