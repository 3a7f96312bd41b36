namespace ReportScheduler.Sources.Sql;

/// <summary>What a piece of SQL text is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A keyword, or a name without quotes.</summary>
    Word,

    /// <summary>A name in quotes or brackets.</summary>
    QuotedName,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A name behind @, or : or $ where the database takes those: a parameter or a variable.</summary>
    Variable,

    /// <summary>As <see cref="Variable"/>, but it may as well be an operator and a column: 1&lt;@a.</summary>
    MaybeVariable,

    /// <summary>One sign, or an operator.</summary>
    Sign,
}
