namespace ReportScheduler.Changes;

/// <summary>A dataset of a result that is kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Keys">Which of them are the key.</param>
internal sealed record BaselineHead(string Name, string[] Columns, int[] Keys)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Columns.Length);
        Array.ForEach(Columns, writer.Write);
        writer.Write(Keys.Length);
        Array.ForEach(Keys, writer.Write);
    }

    public static BaselineHead Read(BinaryReader reader) => new(
        reader.ReadString(),
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())],
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadInt32())]);

    /// <summary>Whether rows of both can be compared.</summary>
    public bool IsLike(BaselineHead other) =>
        Columns.SequenceEqual(other.Columns, StringComparer.OrdinalIgnoreCase) && Keys.SequenceEqual(other.Keys);
}
