using System.Globalization;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Holds a number against its bounds. No value passes, and so does the
/// empty cell of a table: ValidateRange refuses both.</summary>
/// <param name="least">The least number that is taken.</param>
/// <param name="most">The greatest number that is taken.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionalRangeAttribute(long least, long most) : ValidateArgumentsAttribute
{
    /// <summary>The least number that is taken.</summary>
    public long Least => least;

    /// <summary>The greatest number that is taken.</summary>
    public long Most => most;

    /// <inheritdoc/>
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (NotGiven.Unwrapped(arguments) is not (null or NotGiven.EmptyCell) and var given
            && LanguagePrimitives.TryConvertTo<long>(given, CultureInfo.InvariantCulture, out var number)
            && (number < least || number > most))
        {
            throw new ValidationMetadataException(
                $"{number} is not {(most == long.MaxValue ? $"{least} or more" : $"between {least} and {most}")}.");
        }
    }
}
