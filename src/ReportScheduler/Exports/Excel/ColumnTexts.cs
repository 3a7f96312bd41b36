using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Excel;

/// <summary>The texts of a column: shared with the workbook as long as that pays, and cut to what a cell holds.</summary>
/// <param name="shared">The texts of the workbook that are kept once.</param>
/// <param name="isVaried">Whether other parts of the report have shown that its texts hardly come again.</param>
internal sealed class ColumnTexts(SharedTexts shared, bool isVaried = false)
{
    // After so many texts a column whose texts hardly come again stops asking: early where none does.
    private const int FirstTrial = 2_000;
    private const int Trial = 20_000;

    private bool isOver = isVaried;

    /// <summary>How many texts were looked for among the shared ones.</summary>
    public int Tries { get; private set; }

    /// <summary>How many of them were there.</summary>
    public int Hits { get; private set; }

    /// <summary>How many texts were cut.</summary>
    public long Cut { get; private set; }

    /// <returns>The number of the text among the shared ones, or -1 when it stands in its cell.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Share(string text)
    {
        if (isOver)
        {
            return -1;
        }

        Tries++;
        var number = shared.Find(text);
        if (number >= 0)
        {
            Hits++;
            return number;
        }

        isOver = Tries >= Trial ? Hits < Tries / 2 : Tries >= FirstTrial && Hits < Tries / 20;
        return shared.Add(ExcelText.WithLineFeeds(text));
    }

    /// <summary>What of the text a cell holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<char> Shown(string text)
    {
        var shown = ExcelText.Cut(text);
        Cut += shown.Length < text.Length ? 1 : 0;
        return shown;
    }
}
