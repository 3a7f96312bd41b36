using System.Globalization;

namespace ReportScheduler.Exports.Pdf;

/// <summary>The groups that a row belongs to, outermost first, as their heads say it.</summary>
/// <param name="goesOn">What is said of groups that go on, with their names in it.</param>
internal sealed class OpenGroups(string goesOn)
{
    // no head has it in its text: what no font can show is replaced
    private const char Between = '\u001F';

    private readonly List<string> heads = [];

    /// <summary>All of them as one text; null when there is none.</summary>
    public string? Text => Above(heads.Count);

    /// <summary>What stands on top of a page on which they go on.</summary>
    public string Title => string.Format(CultureInfo.InvariantCulture, goesOn, string.Join(" › ", heads));

    /// <summary>Those around a level, as one text; null when there is none.</summary>
    public string? Above(int level) => Math.Min(level, heads.Count) is > 0 and var count ? string.Join(Between, heads.Take(count)) : null;

    public void Enter(int level, string head)
    {
        Leave(level);
        heads.Add(head);
    }

    /// <summary>Goes to a row: the groups within one whose totals it shows are over.</summary>
    public void At(SpooledKind kind)
    {
        if (kind >= SpooledKind.Totals)
        {
            Leave(kind - SpooledKind.Totals + 1);
        }
    }

    public void Restore(string? text)
    {
        heads.Clear();
        heads.AddRange(text?.Split(Between) ?? []);
    }

    private void Leave(int level)
    {
        if (heads.Count > level)
        {
            heads.RemoveRange(level, heads.Count - level);
        }
    }
}
