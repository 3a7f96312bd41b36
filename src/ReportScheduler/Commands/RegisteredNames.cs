using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Finds registrations by name or pattern.</summary>
internal static class RegisteredNames
{
    /// <exception cref="ReportException">A name without wildcards that nothing is registered under.</exception>
    public static IReadOnlyList<ReportScheduledTask> Find(string name, IReadOnlyList<ReportScheduledTask> all)
    {
        var pattern = Wildcards.Of(name);
        var found = all.Where(registered => pattern.IsMatch(registered.Name)).ToList();
        return found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name)
            ? throw CommandErrors.ScheduledTaskNotFound(name, all.Select(registered => registered.Name))
            : found;
    }
}
