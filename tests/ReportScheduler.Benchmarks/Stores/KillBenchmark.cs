using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Benchmarks.Scheduler;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>Worker processes of each product that send a mail for each due time, and are killed at the same moments: what comes twice, and
/// what does not come.</summary>
/// <remarks>All three on one server at one time. Those of the others are as they are when nothing may be lost: Quartz.NET's jobs ask for
/// recovery, and Hangfire takes for abandoned after 20 seconds what it would leave for half an hour.</remarks>
internal static class KillBenchmark
{
    private const int Workers = 3;
    private const int Kills = 6;
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(75);

    public static MarkdownTable Run(SharedDatabase database, string folder)
    {
        var first = DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow() + Start).ToUnixTimeSeconds());
        var fleets = new[] { "ours", "quartz", "hangfire" }.Select(product => new Fleet(product, database, folder, first)).ToList();
        try
        {
            fleets.AsParallel().WithDegreeOfParallelism(fleets.Count).ForAll(fleet => fleet.Begin());
            var victims = new Random(16);
            for (var kill = 1; kill <= Kills; kill++)
            {
                Until(first + (kill * Between));
                var victim = victims.Next(Workers);
                fleets.ForEach(fleet => fleet.Kill(victim));
            }

            var end = first + (Kills * Between) + Settle;
            while (fleets.Exists(fleet => fleet.Count().Missing > 0) && TimeProvider.System.GetUtcNow() < end)
            {
                Thread.Sleep(1000);
            }
            // what comes twice may come late
            Thread.Sleep(5000);
            var counts = fleets.ConvertAll(fleet => fleet.Count());
            var table = new MarkdownTable($"{KillWork.Jobs} due times, {Workers} processes each, {Kills} kills", "target",
                "ReportScheduler", "Quartz.NET 4.7, clustered", "Hangfire 1.8");
            table.Add(["mails twice", "0", .. counts.Select(count => Text(count.Twice))]);
            table.Add([$"due times without a mail {Settle.TotalSeconds:0} s later", "", .. counts.Select(count => Text(count.Missing))]);
            table.Add("of them told to a person (Held)", "all", Text(counts[0].Held), "", "");
            return table;
        }
        finally
        {
            fleets.ForEach(fleet => fleet.Dispose());
        }
    }

    private static void Until(DateTimeOffset instant)
    {
        var wait = instant - TimeProvider.System.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            Thread.Sleep(wait);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The processes of one product, and the mail server that they send to.</summary>
    private sealed class Fleet : IDisposable
    {
        private readonly SmtpServer smtp = new() { Late = TimeSpan.FromMilliseconds(200) };
        private readonly Process?[] workers = new Process?[Workers];
        private readonly string product;
        private readonly string place;
        private readonly string folder;
        private readonly DateTimeOffset first;

        public Fleet(string product, SharedDatabase database, string folder, DateTimeOffset first)
        {
            (this.product, this.first) = (product, first);
            this.folder = Directory.CreateDirectory(Path.Combine(folder, "kills" + product)).FullName;
            var connection = database.Make("kills" + product);
            place = product == "ours" ? database.Address("kills" + product) : connection;
        }

        public void Begin()
        {
            using (var make = Child("make"))
            {
                make.WaitForExit();
            }

            for (var i = 0; i < Workers; i++)
            {
                workers[i] = Child("work");
            }
        }

        public void Kill(int number)
        {
            workers[number]!.Kill();
            workers[number]!.WaitForExit();
            workers[number]!.Dispose();
            workers[number] = Child("work");
        }

        public (int Twice, int Missing, int Held) Count()
        {
            var got = smtp.Messages.CountBy(mail => mail.Message.Subject ?? "").ToDictionary();
            var held = product != "ours" ? 0
                : OurRunner.Open(place, folder).GetRuns(new RunFilter { Outcomes = [RunOutcome.Held] })
                    .Count(run => !got.ContainsKey(KillWork.Subject(int.Parse(run.TaskId, CultureInfo.InvariantCulture))));
            return (got.Values.Sum(times => times - 1), KillWork.Jobs - got.Count, held);
        }

        public void Dispose()
        {
            foreach (var worker in workers.OfType<Process>())
            {
                worker.Kill();
                worker.WaitForExit();
                worker.Dispose();
            }

            smtp.Dispose();
        }

        private Process Child(string what)
        {
            string[] arguments = [typeof(KillBenchmark).Assembly.Location, "store", "measure",
                string.Create(CultureInfo.InvariantCulture, $"kills {what} {product} {smtp.Port} {first.ToUnixTimeSeconds()}"),
                place, folder];
            var child = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            child.OutputDataReceived += (_, _) => { };
            child.BeginOutputReadLine();
            return child;
        }
    }
}
