import { IsMaxTokens, IsStopList } from './parameter-rules';
import { SamplingDto } from './sampling.dto';

/** How an answer is drawn, and where it ends. */
export class AnswerParametersDto extends SamplingDto {
  @IsMaxTokens()
  readonly max_tokens?: number;

  @IsStopList()
  readonly stop?: string[];
}
