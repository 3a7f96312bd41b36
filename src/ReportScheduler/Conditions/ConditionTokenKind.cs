namespace ReportScheduler.Conditions;

/// <summary>What a token is.</summary>
internal enum ConditionTokenKind
{
    /// <summary>A word, or a name in double quotes or brackets.</summary>
    Word,

    /// <summary>A name in double quotes or brackets, which is no word of the grammar.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>A relative date.</summary>
    Date,

    /// <summary>A comparison, a parenthesis or a dot.</summary>
    Sign,

    /// <summary>Behind the last one.</summary>
    End,
}
