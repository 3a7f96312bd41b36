using System.Collections.Specialized;
using System.Globalization;
using ReportScheduler.Conditions;
using ReportScheduler.Exports;
using ReportScheduler.Store;

namespace ReportScheduler.Runs;

/// <summary>The key figures of a run in the history, and those of the last run that was delivered.</summary>
internal static class RunFigures
{
    // older ones are not the last run to anybody
    private const int MostRuns = 50;

    /// <summary>Notes the key figures on the run: by their names for people, and by what was asked for the next run.</summary>
    public static void Note(ReportRun run, ExportResult export)
    {
        if (export.KeyFigures is not { } figures)
        {
            return;
        }

        run.Figures = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        run.FigureValues = new OrderedDictionary(StringComparer.Ordinal);
        for (var i = 0; i < figures.Definitions.Count; i++)
        {
            var (definition, value) = (figures.Definitions[i], figures.Values[i]);
            run.Figures[definition.Name] = definition.IsChange ? figures.Shown[i].Number : value;
            if (value is decimal or double)
            {
                run.FigureValues[definition.Key] = value;
            }
        }
    }

    /// <summary>The values of the last run that was delivered whole, by what was asked; empty where no key figure asks for them.</summary>
    public static IReadOnlyDictionary<string, decimal> Last(IReportStore store, ReportTask task)
    {
        var wanted = FigureDefinition.All(task).Where(figure => figure.IsChange).Select(figure => figure.Key).ToHashSet();
        var last = new Dictionary<string, decimal>();
        if (wanted.Count == 0)
        {
            return last;
        }

        var runs = store.GetRuns(new RunFilter { TaskId = task.Id, Outcomes = [RunOutcome.Succeeded, RunOutcome.PartiallyDelivered],
            Limit = MostRuns });
        foreach (var values in runs.Where(run => !run.IsTest && !RunQuestion.IsOther(task, run))
            .Select(run => run.FigureValues).OfType<OrderedDictionary>())
        {
            foreach (var key in wanted.Where(key => !last.ContainsKey(key) && values.Contains(key)))
            {
                last[key] = Convert.ToDecimal(values[key], CultureInfo.InvariantCulture);
            }
        }

        return last;
    }
}
