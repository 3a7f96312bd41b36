namespace ReportScheduler.Exports.Excel;

/// <summary>How high the row that is being written has to be: its cells say so while they are written.</summary>
internal sealed class RowHeight
{
    /// <summary>How many lines of text it has.</summary>
    public int Lines { get; private set; } = 1;

    /// <summary>How high it is at least, in points, for what is drawn over it; 0 for nothing.</summary>
    public int Picture { get; private set; }

    public bool IsUsual => Lines == 1 && Picture == 0;

    public void Clear() => (Lines, Picture) = (1, 0);

    public void MakeRoomForLines(int lines) => Lines = Math.Max(Lines, lines);

    public void MakeRoomForPicture(int points) => Picture = Math.Max(Picture, points);
}
