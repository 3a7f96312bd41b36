using System.Text;

namespace ReportScheduler.Benchmarks.Scheduler;

/// <summary>A table in Markdown: the first column is text, the others are figures.</summary>
internal sealed class MarkdownTable
{
    private readonly StringBuilder text = new();

    public MarkdownTable(params string[] heads)
    {
        Add(heads);
        Add([.. heads.Select((_, column) => column == 0 ? "---" : "---:")]);
    }

    public void Add(params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    public override string ToString() => text.ToString();
}
