namespace ReportScheduler.Store.LiteDb;

/// <summary>How much of the stack an operation on the store has used. LiteDB reads a record by calling itself for each level of it,
/// and .NET ends the process when the stack is used up; but it comes back for the next page after 1,365 levels at most.</summary>
/// <remarks>A level takes about 750 bytes of stack, so a page takes one megabyte;
/// the smallest stacks of .NET have one and a half.</remarks>
internal sealed class StackUse
{
    /// <summary>For a thread whose stack is enough for anything.</summary>
    public static readonly StackUse Unlimited = new(long.MaxValue);

    // records of this module have less than ten levels
    private const int Usual = 128 * 1024;

    private readonly nint start = Here();
    private readonly long most;

    private StackUse(long most) => this.most = most;

    /// <summary>Counts from here on.</summary>
    public static StackUse Begin() => new(Usual);

    /// <exception cref="InvalidDataException">More is used than any record of this module needs.</exception>
    public void Check()
    {
        if (start - Here() > most)
        {
            throw new InvalidDataException("A record is nested deeper than any that this module writes.");
        }
    }

    private static unsafe nint Here()
    {
        byte here;
        return (nint)(&here);
    }
}
