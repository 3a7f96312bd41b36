using System.Collections.Specialized;
using System.Globalization;
using ReportScheduler.Conditions;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>Holds the result of a run against what its task expects, and proposes what to expect from the runs that there were.</summary>
internal sealed class RunContract(IReportStore store)
{
    private const int Learned = 10;
    private const int Step = 5;
    private const int LeastPercent = 10;
    private const int MostPercent = 1000;

    // of one run nobody knows how much the next differs
    private const decimal Unknown = 0.25m;

    /// <summary>Notes on the run what its result is like, and what is not as expected.</summary>
    /// <returns>What is not as expected; null when all is, or nothing was.</returns>
    public ReportException? Check(ReportTask task, ReportRun run, ReportWatch watch, TimeZoneInfo zone)
    {
        run.ResultColumns = watch.Columns;
        if (watch.Contract is not { } contract)
        {
            return null;
        }

        var totals = contract.Totals().ToList();
        run.ResultTotals = totals.Count == 0 ? null : new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        totals.ForEach(total => run.ResultTotals![total.Figure] = total.Value);
        run.Violations = [.. contract.Violations(run.DueAt, zone, figure => Last(task, figure))];
        return run.Violations.Length == 0 ? null : RunErrors.ContractViolated(task.Name, run.Violations);
    }

    /// <summary>What the last runs had in common, as -Expect takes it: their columns, and
    /// twice the room that their numbers of rows and the totals of their columns took.</summary>
    /// <exception cref="ReportException">NothingToLearn.</exception>
    public OrderedDictionary Learn(ReportTask task)
    {
        var runs = store.GetRuns(
            new RunFilter { TaskId = task.Id, Outcomes = [RunOutcome.Succeeded, RunOutcome.NoData, RunOutcome.NotNeeded,
                RunOutcome.PartiallyDelivered] })
            .Where(run => run.ResultColumns.Length > 0 && !RunQuestion.IsOther(task, run)).Take(Learned).ToList();
        if (runs.Count == 0)
        {
            throw RunErrors.NothingToLearn(task.Name);
        }

        var contract = new OrderedDictionary(StringComparer.OrdinalIgnoreCase)
        {
            ["Columns"] = runs[0].ResultColumns.Select(column => In(runs, column)).OfType<string>().Cast<object>().ToArray(),
            ["Rows"] = string.Create(CultureInfo.InvariantCulture,
                $"{Math.Max(runs.Min(run => run.Rows) / 2, runs.TrueForAll(run => run.Rows > 0) ? 1 : 0)}.."
                    + $"{Math.Max(1, runs.Max(run => run.Rows) * 2)}"),
        };
        if (Totals(task, runs).ToArray() is { Length: > 0 } totals)
        {
            contract["Total"] = totals;
        }

        return contract;
    }

    /// <summary>The totals that runs noted, each with twice the room that they took from one run to the next.</summary>
    private static IEnumerable<object> Totals(ReportTask task, List<ReportRun> runs)
    {
        foreach (var column in Contract.SummedColumns(task))
        {
            var figure = Contract.TotalOf(column).Text;
            var values = runs.Select(run => run.ResultTotals?[figure]).OfType<object>()
                .Select(value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)).ToList();
            if (values.Count > 0 && !values.Contains(0))
            {
                var most = values.Zip(values.Skip(1), (now, before) => Math.Abs((now - before) / before)).DefaultIfEmpty(Unknown).Max();
                var percent = Math.Clamp(Math.Ceiling(most * 200 / Step) * Step, LeastPercent, MostPercent);
                yield return string.Create(CultureInfo.InvariantCulture, $"{column} within {percent:0}% of last");
            }
        }
    }

    /// <summary>A column as all runs have it: without its type where that differs, and null where a run has none of the name.</summary>
    private static string? In(List<ReportRun> runs, string column)
    {
        var name = Name(column);
        return runs.TrueForAll(run => run.ResultColumns.Contains(column, StringComparer.OrdinalIgnoreCase)) ? column
            : runs.TrueForAll(run => run.ResultColumns.Any(other => Name(other).Equals(name, StringComparison.OrdinalIgnoreCase))) ? name
            : null;
    }

    private static string Name(string column) => column[..column.LastIndexOf(':')];

    private decimal? Last(ReportTask task, string figure) =>
        store.GetRuns(new RunFilter { TaskId = task.Id, Outcomes = [RunOutcome.Succeeded, RunOutcome.PartiallyDelivered], Limit = 50 })
            .FirstOrDefault(run => !run.IsTest && !RunQuestion.IsOther(task, run) && run.ResultTotals?.Contains(figure) == true)
            ?.ResultTotals?[figure] is { } value
            ? Convert.ToDecimal(value, CultureInfo.InvariantCulture)
            : null;
}
