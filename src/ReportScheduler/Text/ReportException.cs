using ReportScheduler.Text;

namespace ReportScheduler;

/// <summary>A condition that a person can act on: what is wrong with which value, and what to do.</summary>
/// <remarks>Made by the catalogue <c>ReportError</c> only, so that id, words and category stay together. No secret is ever in it.</remarks>
public class ReportException : Exception
{
    internal ReportException(string errorId, ReportErrorCategory category, object? target, string message, Exception? inner = null)
        : base(LongValues.Shorten(message, target as string), inner)
    {
        ErrorId = errorId;
        Category = category;
        ErrorTarget = target;
    }

    /// <summary>The stable id of the condition; scripts may rely on it.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of condition.</summary>
    public ReportErrorCategory Category { get; }

    /// <summary>What the caller gave that is wrong: a name, path, expression or address.</summary>
    public object? ErrorTarget { get; }

    /// <summary>Whether trying the same again later may work: a dropped connection, a busy server, a 4xx reply.</summary>
    public bool IsTransient { get; internal init; }

    /// <summary>The same condition, with how often it was met before somebody gave up; itself when that was once.</summary>
    internal ReportException After(int tries) => tries < 2 ? this
        : new(ErrorId, Category, ErrorTarget, $"{Message.TrimEnd('.')} (tried {tries} times).",
            InnerException ?? this) { IsTransient = IsTransient };

    /// <summary>The same condition, with what it is about in front of it.</summary>
    internal ReportException About(string what) =>
        new(ErrorId, Category, ErrorTarget, $"{what}: {Message}", InnerException) { IsTransient = IsTransient };
}
