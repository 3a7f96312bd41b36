namespace ReportScheduler.Exports.Pdf;

/// <summary>A page on which painting can begin, as if those before it had been painted; the default is the first page.</summary>
/// <param name="PagesBefore">How many pages precede it.</param>
/// <param name="Section">The section it belongs to, from zero.</param>
/// <param name="Row">The row at its top.</param>
internal readonly record struct PageStart(int PagesBefore, int Section, RowPlace Row)
{
    public bool IsFirst => PagesBefore == 0;
}
