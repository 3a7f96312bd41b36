namespace ReportScheduler.Exports.PdfFile;

/// <summary>Numbers of objects of one kind, taken several at a time.</summary>
/// <remarks>The numbers of the cells of a table so go on over the end of a page, and the table of objects has one entry for
/// all of them.</remarks>
internal sealed class NumberBlock(PdfObjects objects)
{
    private const int AtOnce = 16;

    private int next;
    private int left;

    public int Next()
    {
        if (left == 0)
        {
            (next, left) = (objects.Reserve(AtOnce), AtOnce);
        }

        left--;
        return next++;
    }

    /// <summary>Gives back the numbers that were not used.</summary>
    public void End()
    {
        objects.GiveBack(next, left);
        left = 0;
    }
}
