using System.Text;

namespace ReportScheduler.Store.Relational;

/// <summary>How many bytes values have in a statement that a driver writes as text.</summary>
internal static class StatementSize
{
    /// <summary>Statements of several rows, and those with a piece of a file, are not longer. What every server takes, whatever it was
    /// set to, is a megabyte, and a byte of a value may become two.</summary>
    public const int Usual = 400 << 10;

    /// <summary>What every server of a store has to take, in bytes.</summary>
    public const int Needed = 1 << 20;

    /// <summary>What a statement has beside its values, at most.</summary>
    private const int Frame = 4096;

    public static long Of(object? value) => value switch
    {
        string text => Encoding.UTF8.GetByteCount(text) + Escapes(text),
        byte[] bytes => bytes.Length,
        _ => 0,
    };

    /// <summary>Whether a statement with values of so many bytes is longer than a server takes.</summary>
    public static bool IsOver(long bytes, long limit) => bytes + Frame > limit;

    private static int Escapes(string text)
    {
        var count = 0;
        for (var rest = text.AsSpan(); rest.IndexOfAny('\\', '\'') is >= 0 and var at; rest = rest[(at + 1)..])
        {
            count++;
        }

        return count;
    }
}
