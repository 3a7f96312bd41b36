using System.Globalization;
using System.Management.Automation;
using ReportScheduler.Definitions;

namespace ReportScheduler.Commands;

/// <summary>Takes a number, a character or a word of a list. What cannot be one is refused; an empty cell of a table is no value.</summary>
/// <remarks>PowerShell by itself passes over a piped text that it cannot convert, and the parameter keeps its default.</remarks>
/// <param name="type">The type of the parameter.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValueTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    private readonly Type plain = Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The type of the parameter.</summary>
    public Type Type { get; } = type;

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = NotGiven.Unwrapped(inputData);
        if (given is null && plain != Type || plain.IsInstanceOfType(given))
        {
            return given;
        }

        // a tab or a space is a character like any other
        if (given is string { Length: 1 } sign && plain == typeof(char))
        {
            return sign[0];
        }

        if (given is null || NotGiven.IsEmptyCell(given))
        {
            return NotGiven.EmptyCell;
        }

        return LanguagePrimitives.TryConvertTo(given, plain, CultureInfo.InvariantCulture, out var value)
            && (!plain.IsEnum || Enum.IsDefined(plain, value))
            ? value
            : throw Refused($"{given}");
    }

    private ArgumentTransformationMetadataException Refused(string text)
    {
        var problem = DefinitionErrors.ValueOutOfRange("value of this parameter", text, Allowed());
        return new ArgumentTransformationMetadataException(problem.Message, problem);
    }

    private string Allowed() =>
        plain.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(plain))}" : plain == typeof(char) ? "one character"
        : plain == typeof(double) ? "a number" : "a whole number";
}
