using System.Globalization;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Words;

namespace ReportScheduler.Exports.Html;

/// <summary>The groups of a table in HTML, and the list of them above it.</summary>
internal sealed class HtmlGroups(GroupLayout layout, bool breaksPages, int section)
{
    /// <summary>More groups than these have no list: it would be longer than a page.</summary>
    private const int MostListed = 100;

    private readonly List<ListedGroup> listed = [];
    private int count;

    public GroupLayout Layout => layout;

    /// <summary>Whether there may still be a list above the table.</summary>
    public bool MayBeListed => count <= MostListed;

    public void WriteHead(TextWriter body, GroupMark group, int columns)
    {
        var place = layout.PlaceOf(group.Level);
        var isOutermost = group.Level == 0;
        body.Write($"<tr class=\"head l{group.Level}{(isOutermost && breaksPages && count > 0 ? " break" : "")}\">");
        if (place > 0)
        {
            body.Write($"<td colspan=\"{place}\"></td>");
        }

        body.Write(isOutermost ? $"<th colspan=\"{columns - place}\" id=\"{Id(++count)}\">" : $"<th colspan=\"{columns - place}\">");
        HtmlPage.Encoder.Encode(body, layout.Head(group));
        body.Write("</th></tr>\n");
    }

    /// <param name="body">Where to.</param>
    /// <param name="line">The line.</param>
    /// <param name="group">The group that ends.</param>
    /// <param name="columns">How many columns there are.</param>
    /// <param name="cell">Writes the total of a column.</param>
    public void WriteTotals(TextWriter body, TotalLine line, GroupMark group, int columns, Action<int> cell)
    {
        var label = layout.LabelPlace(line, group);
        body.Write($"<tr class=\"sum l{group.Level}\">");
        for (var i = 0; i < columns; i++)
        {
            if (i != label)
            {
                cell(i);
                continue;
            }

            var end = layout.EndOfLabel(line, i);
            body.Write(end - i > 1 ? $"<th scope=\"row\" colspan=\"{end - i}\">" : "<th scope=\"row\">");
            HtmlPage.Encoder.Encode(body, layout.Label(line, group));
            body.Write("</th>");
            i = end - 1;
        }

        body.Write("</tr>\n");
    }

    /// <summary>Takes note of a group that ends.</summary>
    public void List(GroupMark group)
    {
        if (group.Level == 0 && listed.Count <= MostListed)
        {
            listed.Add(new ListedGroup(layout.Key(group), group.Totals!.Rows));
        }
    }

    public void WriteContents(TextWriter page, ReportWords words)
    {
        if (listed.Count is < 2 or > MostListed)
        {
            return;
        }

        page.Write($"<nav class=\"contents\" aria-label=\"{HtmlPage.Encoder.Encode(words["contents"])}\">\n<ol>\n");
        for (var number = 1; number <= listed.Count; number++)
        {
            page.Write($"<li><a href=\"#{Id(number)}\">");
            HtmlPage.Encoder.Encode(page, listed[number - 1].Name);
            page.Write($"</a><span dir=\"auto\">{HtmlPage.Encoder.Encode(words.Count("rows", listed[number - 1].Rows))}</span></li>\n");
        }

        page.Write("</ol>\n</nav>\n");
    }

    private string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"group-{section}-{number}");

    private sealed record ListedGroup(string Name, long Rows);
}
