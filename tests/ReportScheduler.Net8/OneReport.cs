using ReportScheduler.Runs;
using ReportScheduler.Store.LiteDb;

namespace ReportScheduler.Net8;

internal static class OneReport
{
    /// <summary>Query, files and mail, once. Says the runtime, the outcome and the files.</summary>
    public static void Run(string folder)
    {
        var store = StoreFile.Open(Path.Combine(folder, "store", "reports.db"), StoreScope.User);
        store.Connections.Put(new ReportConnection { Name = "shop", Provider = "Sqlite", ConnectionString = "Data Source=:memory:" },
            PutMode.Add);
        store.MailServers.Put(
            new ReportMailServer { Name = "pickup", PickupDirectory = Path.Combine(folder, "mail"), From = "reports@example.com" },
            PutMode.Add);
        var task = new ReportTask
        {
            Id = "net8",
            Name = "On .NET 8",
            Connection = "shop",
            Query = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) select i as \"Number\", 'text ' || i "
                + "as \"Text\", i / 3.0 as \"Share\" from n",
            Format = [ReportFormat.Excel, ReportFormat.Pdf, ReportFormat.Csv, ReportFormat.Html, ReportFormat.Json],
            To = ["ann@example.com"],
            MailServer = "pickup",
        };
        store.PutTask(task, PutMode.Add, nextRunAt: null);
        using var worker = new RunWorker(store, TimeProvider.System);
        var run =
            worker.RunNow(task, RunTrigger.Manual, TimeProvider.System.GetUtcNow(), new RunOptions(), _ => { }, CancellationToken.None);
        Console.WriteLine($"{Environment.Version.Major} {run.Outcome} {run.Rows} {run.Error}".TrimEnd());
        foreach (var file in run.Files)
        {
            Console.WriteLine(file);
        }
    }
}
