namespace ReportScheduler.Exports.Pdf;

/// <summary>What a text of a row stands for.</summary>
internal enum RowTextKind : byte
{
    Text,

    /// <summary>It stands at the right.</summary>
    Number,

    /// <summary>SQL NULL.</summary>
    Nothing,

    /// <summary>A picture, which has no text.</summary>
    Picture,
}
