using ReportScheduler.Conditions;

namespace ReportScheduler.Templates;

/// <summary>Says what a task's templates name that its runs will not have. The task is valid all the same: a
/// text for many tasks may ask whether it is there.</summary>
internal static class TemplateAdvice
{
    /// <returns>A sentence for each template and name.</returns>
    public static IEnumerable<string> Of(ReportTask task)
    {
        var empty = Empty(task).ToList();
        return Texts(task).Where(each => each.Text is not null && ReportTemplate.IsMeant(each.Text))
            .SelectMany(each => empty.Where(name => ReportTemplate.Parse(each.Text!, each.Member).Members.Contains(name.Name))
                .Select(name => $"The template of {each.Member} names '{name.Name}', {name.Why}, or leave it out."))
            .Distinct();
    }

    private static IEnumerable<(string Name, string Why)> Empty(ReportTask task)
    {
        if (task.KeyColumn.Length == 0)
        {
            yield return ("run.changes", "which is empty, since the report is not compared with the last one. Give -KeyColumn");
        }

        if (Condition.OfSendWhen(task.SendWhen) is null)
        {
            yield return ("run.condition", "which is empty, since -SendWhen asks nothing of the rows. Give it an expression such as "
                + "'rows > 100'");
        }

        if (!task.OnRecovered)
        {
            yield return ("run.recovered", "which is false without -OnRecovered. Give -OnRecovered");
        }
    }

    private static IEnumerable<(string Member, string? Text)> Texts(ReportTask task) =>
    [
        (nameof(task.Subject), task.Subject), (nameof(task.Body), task.Body), (nameof(task.Destination), task.Destination),
        .. FileNames.Texts(task).Select(text => (nameof(task.FileName), (string?)text)),
        .. task.To.Select(address => (nameof(task.To), (string?)address)),
        .. task.Cc.Select(address => (nameof(task.Cc), (string?)address)),
        .. task.Bcc.Select(address => (nameof(task.Bcc), (string?)address)),
    ];
}
