using System.Globalization;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The groups that a row belongs to, outermost first, as their heads say it.</summary>
/// <param name="goesOn">What is said of groups that go on, with their names in it.</param>
internal sealed class OpenGroups(string goesOn)
{
    private readonly List<string> heads = [];

    /// <summary>What stands on top of a page on which they go on; null when there is none.</summary>
    public string? Title => Above(heads.Count);

    /// <summary>The same of those around a level.</summary>
    public string? Above(int level) => Math.Min(level, heads.Count) is > 0 and var count
        ? string.Format(CultureInfo.InvariantCulture, goesOn, string.Join(" › ", heads.Take(count)))
        : null;

    public void Enter(int level, string head)
    {
        Leave(level);
        heads.Add(head);
    }

    /// <summary>Goes to the totals of a group: those within it are over.</summary>
    public void AtTotals(int level) => Leave(level + 1);

    private void Leave(int level)
    {
        if (heads.Count > level)
        {
            heads.RemoveRange(level, heads.Count - level);
        }
    }
}
