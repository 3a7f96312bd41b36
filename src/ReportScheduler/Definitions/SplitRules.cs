using ReportScheduler.Conditions;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Definitions;

/// <summary>What makes the split of a task valid.</summary>
internal static class SplitRules
{
    /// <exception cref="ReportException">The first rule that the task breaks.</exception>
    public static void Check(ReportTask task)
    {
        if (task.SplitBy is null)
        {
            CheckUnsplit(task);
            return;
        }

        if (string.IsNullOrWhiteSpace(task.SplitBy))
        {
            throw DefinitionErrors.SplitColumnEmpty(task.Name);
        }

        if (task.MaxSplits is < 1 or > ReportTask.MostSplits)
        {
            throw DefinitionErrors.ValueOutOfRange("largest number of parts", task.MaxSplits, $"1 to {ReportTask.MostSplits}");
        }

        if ((task.RemindAfter is not null || task.OnRecovered) && Condition.OfSendWhen(task.SendWhen) is { AsksForChanges: true })
        {
            throw DefinitionErrors.SplitNotCompared(task.Name);
        }

        foreach (var query in task.Recipients.Where(each => each.Script is null))
        {
            if (string.IsNullOrWhiteSpace(query.Query))
            {
                throw DefinitionErrors.RecipientsQueryEmpty(task.Name);
            }

            SqlText.CheckNul("recipients", query.Query);
        }
    }

    private static void CheckUnsplit(ReportTask task)
    {
        var option = task.Recipients.Length > 0 ? nameof(task.Recipients) : task.Also.Length > 0 ? nameof(task.Also) : null;
        if (option is not null)
        {
            throw DefinitionErrors.SplitOptionWithoutColumn(option, task.Name);
        }
    }
}
