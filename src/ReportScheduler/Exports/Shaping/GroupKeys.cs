using System.Runtime.CompilerServices;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;

namespace ReportScheduler.Exports.Shaping;

/// <summary>The values by which rows are grouped, as the rows pass: says where they
/// change, and whether a group comes a second time.</summary>
/// <param name="indexes">The places of the columns in the rows, outermost first.</param>
/// <param name="hasWords">Which of them show words for true and false; null for none.</param>
internal sealed class GroupKeys(int[] indexes, bool[]? hasWords = null)
{
    private readonly int[] own = Own(indexes.Length);
    private readonly Cell[] current = new Cell[indexes.Length];
    private readonly Cell[] before = new Cell[indexes.Length];
    private readonly HashSet<ulong>[] seen = Array.ConvertAll(indexes, _ => new HashSet<ulong>());
    private bool hasCurrent;

    /// <summary>The value of the current group of a level.</summary>
    public Cell this[int level] => current[level];

    /// <summary>The value of the group of a level that ended with the last change.</summary>
    public Cell Before(int level) => before[level];

    public int Depth => indexes.Length;

    /// <summary>The outermost level of which a group came again behind another one; the number of levels when none did.</summary>
    public int Repeated { get; private set; } = indexes.Length;

    /// <summary>Goes to the next row.</summary>
    /// <returns>The outermost level whose value changes with it; the number of levels when none does.</returns>
    public int Next(ReadOnlySpan<Cell> row) => Next(row, indexes);

    /// <summary>Goes to the next row, of which only the values of the levels are given.</summary>
    /// <returns>As of the whole row.</returns>
    public int NextOf(ReadOnlySpan<Cell> values) => Next(values, own);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Next(ReadOnlySpan<Cell> row, int[] places)
    {
        var level = 0;
        if (hasCurrent)
        {
            while (level < indexes.Length && CellOrder.AreSame(Key(current[level], level), Key(row[places[level]], level)))
            {
                level++;
            }
        }

        if (level < indexes.Length)
        {
            Enter(row, places, level);
        }

        return level;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Cell Key(in Cell cell, int level) => hasWords is null ? cell : TruthKey.Of(cell, hasWords[level]);

    private static int[] Own(int count)
    {
        var own = new int[count];
        for (var level = 0; level < count; level++)
        {
            own[level] = level;
        }

        return own;
    }

    private void Enter(ReadOnlySpan<Cell> row, int[] places, int changed)
    {
        hasCurrent = true;
        current.CopyTo(before, 0);
        for (var level = changed; level < indexes.Length; level++)
        {
            current[level] = row[places[level]];
            if (level > changed)
            {
                // a group of another one that has just begun
                seen[level].Clear();
            }

            if (!seen[level].Add(current[level].Kind == CellKind.Null ? 0 : DistinctValues.Hash(Key(current[level], level))))
            {
                Repeated = Math.Min(Repeated, level);
            }
        }
    }
}
